package io.memoryrouter.gateway.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.MemoryKeyManager.KeyRequest;
import io.memoryrouter.keys.StoredMemoryKeyManager;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyAdministration}, on the embedded store.
 */
class KeyAdministrationTests {

	private static final String TOKEN = "an-administrators-token";

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private EmbeddedKeyRepository repository;

	private StoredMemoryKeyManager keys;

	private WebTestClient client;

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.repository = new EmbeddedKeyRepository(this.database);
		this.keys = new StoredMemoryKeyManager(this.repository, (id) -> {
		}, Clock.fixed(NOW, ZoneOffset.UTC));
		this.client = client(new Administrators(
				List.of(new TokenAdministratorAuthenticator(AdminTokens.accepting(AdminToken.of(TOKEN))))));
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private WebTestClient client(Administrators administrators) {
		return WebTestClient
			.bindToRouterFunction(
					new KeyAdministration(this.keys, administrators, Clock.fixed(NOW, ZoneOffset.UTC)).routes())
			.build();
	}

	@Test
	void createWhenOnlyNamedThenAnswersTheKeyAndItsVault() {
		JsonNode created = created("{\"name\":\"alice\"}");
		KeyRecord record = stored(created.path("key").asString());
		assertThat(created.path("id").asString()).isEqualTo(record.id());
		assertThat(created.path("name").asString()).isEqualTo("alice");
		assertThat(created.path("vault").asString()).isEqualTo(record.vault().value());
		assertThat(created.path("mode").asString()).isEqualTo("on");
		assertThat(created.path("created_at").asString()).isEqualTo("2026-11-24T10:00:00.000Z");
		assertThat(created.path("expires_at").isNull()).isTrue();
		assertThat(created.path("read_vaults").isEmpty()).isTrue();
	}

	@Test
	void createWhenAllIsGivenThenAllIsUsed() {
		created("{\"name\":\"the team's\",\"vault\":\"team\"}");
		JsonNode created = created("""
				{"name":"alice","vault":"own","read_vaults":["team"],"mode":"read",
				"expires_at":"2027-01-31T01:00:00+01:00"}""");
		KeyRecord record = stored(created.path("key").asString());
		assertThat(record.vault().value()).isEqualTo("own");
		assertThat(record.readVaults()).singleElement().hasToString("team");
		assertThat(record.ceiling()).isEqualTo(KeyMode.READ);
		assertThat(record.expiresAt()).isEqualTo("2027-01-31T00:00:00Z");
		assertThat(created.path("read_vaults").get(0).asString()).isEqualTo("team");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | name", "{'name':''} | name", "{'name':7} | name",
			"{'name':'a','vault':'no space'} | vault", "{'name':'a','mode':'READ'} | mode",
			"{'name':'a','expires_at':'tomorrow'} | expires_at",
			"{'name':'a','expires_at':'2020-01-01T00:00:00Z'} | expires_at", "{'name':'a','vaults':'b'} | vaults",
			"{'name':'a','read_vaults':'b'} | read_vaults", "{'name':'a','read_vaults':[7]} | read_vaults",
			"{'name':'a','vault':'derived_SC_q1pqVG-QsNKEU6HD-_2H65gNZHTx158ehR0r8RZA'} | vault",
			"{'name':'a','read_vaults':['derived_SC_q1pqVG-QsNKEU6HD-_2H65gNZHTx158ehR0r8RZA']} | read_vaults" })
	void createWhenFieldIsWrongThen400NamesIt(String body, String field) {
		assertRefused(send(HttpMethod.POST, "/v1/keys", body.replace('\'', '"')), HttpStatus.BAD_REQUEST, field);
		assertThat(this.keys.list("default", null, 10).block().keys()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "[]", "{\"name\":", "7" })
	void createWhenBodyIsNoObjectThen400(String body) {
		send(HttpMethod.POST, "/v1/keys", body).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("invalid_request_body");
	}

	@Test
	void createWhenBodyIsEmptyThen400() {
		send(HttpMethod.POST, "/v1/keys", null).expectStatus().isBadRequest();
	}

	@Test
	void createWhenNoContentTypeThenItCountsAsJson() {
		byte[] body = "{\"name\":\"alice\"}".getBytes(StandardCharsets.UTF_8);
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(body);
		this.client.post()
			.uri("/v1/keys")
			.header("Authorization", "Bearer " + TOKEN)
			.body((request, context) -> request.writeWith(Mono.just(buffer)))
			.exchange()
			.expectStatus()
			.isCreated();
	}

	@Test
	void createWhenBodyIsNotJsonThen415() {
		this.client.post()
			.uri("/v1/keys")
			.header("Authorization", "Bearer " + TOKEN)
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("name=alice")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	@Test
	void createWhenBodyIsTooLargeThen413() {
		send(HttpMethod.POST, "/v1/keys", "{\"name\":\"" + "a".repeat(300_000) + "\"}").expectStatus().isEqualTo(413);
	}

	@ParameterizedTest
	@CsvSource({ "wrong", "mk_AliceAliceAlice01", "an-administrators-token2" })
	void anyCallWhenTokenIsNotTheAdministratorsThen401(String token) {
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
			this.client.method(method)
				.uri("/v1/keys")
				.header("Authorization", "Bearer " + token)
				.exchange()
				.expectStatus()
				.isUnauthorized();
		}
	}

	@Test
	void anyCallWhenThereIsNoTokenThen401() {
		this.client.get().uri("/v1/keys").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void anyCallWhenAdministrationIsOffThen403() {
		client(new Administrators(List.of())).get()
			.uri("/v1/keys")
			.header("Authorization", "Bearer " + TOKEN)
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void createWhenVaultIsAnotherAccountsThen400SaysSo() {
		String theirs = theirs().vault().value();
		send(HttpMethod.POST, "/v1/keys", "{\"name\":\"a\",\"vault\":\"" + theirs + "\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.message")
			.isEqualTo("The vault belongs to another account");
		send(HttpMethod.POST, "/v1/keys", "{\"name\":\"a\",\"read_vaults\":[\"" + theirs + "\"]}").expectStatus()
			.isBadRequest();
	}

	@Test
	void anyCallWhenKeyStoreIsDownThen503() {
		this.database.close();
		send(HttpMethod.POST, "/v1/keys", "{\"name\":\"a\"}").expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.exists("Retry-After");
		send(HttpMethod.GET, "/v1/keys", null).expectStatus().isEqualTo(503);
	}

	@Test
	void listThenPagesOfTheAccountsKeysWithoutTheKeysThemselves() {
		theirs();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ids.add(0, created("{\"name\":\"k" + i + "\"}").path("id").asString());
		}
		List<String> listed = new ArrayList<>();
		String cursor = "";
		while (cursor != null) {
			JsonNode page = json(
					send(HttpMethod.GET, "/v1/keys?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor), null),
					HttpStatus.OK);
			page.path("keys").forEach((key) -> listed.add(key.path("id").asString()));
			assertThat(page.toString()).doesNotContain("mk_");
			cursor = page.path("next_cursor").isNull() ? null : page.path("next_cursor").asString();
		}
		assertThat(listed).isEqualTo(ids);
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "limit=1001,limit", "limit=x,limit", "cursor=x,cursor", "cursor=,cursor" })
	void listWhenParameterIsWrongThen400NamesIt(String query, String parameter) {
		assertRefused(send(HttpMethod.GET, "/v1/keys?" + query, null), HttpStatus.BAD_REQUEST, parameter);
	}

	@Test
	void changeThenWhatIsNamedIsDifferent() {
		String id = created("{\"name\":\"alice\",\"expires_at\":\"2027-01-01T00:00:00Z\"}").path("id").asString();
		JsonNode changed = json(send(HttpMethod.PATCH, "/v1/keys/" + id, "{\"mode\":\"write\",\"expires_at\":null}"),
				HttpStatus.OK);
		assertThat(changed.path("name").asString()).isEqualTo("alice");
		assertThat(changed.path("mode").asString()).isEqualTo("write");
		assertThat(changed.path("expires_at").isNull()).isTrue();
		assertThat(changed).isEqualTo(json(send(HttpMethod.GET, "/v1/keys/" + id, null), HttpStatus.OK));
	}

	@Test
	void changeWhenFieldIsNullThenItIsThatOfANewKey() {
		created("{\"name\":\"team\",\"vault\":\"team\"}");
		String id = created("{\"name\":\"alice\",\"read_vaults\":[\"team\"],\"mode\":\"read\"}").path("id").asString();
		JsonNode renamed = json(send(HttpMethod.PATCH, "/v1/keys/" + id, "{\"name\":\"bob\"}"), HttpStatus.OK);
		assertThat(renamed.path("read_vaults").get(0).asString()).isEqualTo("team");
		assertThat(renamed.path("mode").asString()).isEqualTo("read");
		JsonNode changed = json(send(HttpMethod.PATCH, "/v1/keys/" + id, "{\"read_vaults\":null,\"mode\":null}"),
				HttpStatus.OK);
		assertThat(changed.path("read_vaults").isEmpty()).isTrue();
		assertThat(changed.path("mode").asString()).isEqualTo("on");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{'vault':'other'} | vault", "{'name':null} | name", "{'mode':'x'} | mode",
			"{'revoked_at':null} | revoked_at" })
	void changeWhenFieldIsWrongThen400NamesIt(String body, String field) {
		String id = created("{\"name\":\"alice\"}").path("id").asString();
		assertRefused(send(HttpMethod.PATCH, "/v1/keys/" + id, body.replace('\'', '"')), HttpStatus.BAD_REQUEST, field);
		send(HttpMethod.PATCH, "/v1/keys/" + id, "{}").expectStatus().isBadRequest();
	}

	@Test
	void revokeThenKeyIsRefusedAndStaysListed() {
		JsonNode created = created("{\"name\":\"alice\"}");
		String path = "/v1/keys/" + created.path("id").asString();
		send(HttpMethod.DELETE, path, null).expectStatus().isNoContent();
		assertThat(stored(created.path("key").asString()).isValidAt(NOW)).isFalse();
		assertThat(json(send(HttpMethod.GET, path, null), HttpStatus.OK).path("revoked_at").asString())
			.isEqualTo("2026-11-24T10:00:00.000Z");
		send(HttpMethod.DELETE, path, null).expectStatus().isNoContent();
		send(HttpMethod.POST, path + "/rotate", null).expectStatus().isEqualTo(HttpStatus.CONFLICT);
	}

	@ParameterizedTest
	@CsvSource({ ",2026-11-25T10:00:00.000Z", "{},2026-11-25T10:00:00.000Z",
			"{\"grace\":\"PT0S\"},2026-11-24T10:00:00.000Z", "{\"grace\":\"P7D\"},2026-12-01T10:00:00.000Z" })
	void rotateThenAnswersTheNewKeyAndWhenTheOldOneEnds(String body, String end) {
		JsonNode created = created("{\"name\":\"alice\"}");
		JsonNode rotated = json(send(HttpMethod.POST, "/v1/keys/" + created.path("id").asString() + "/rotate", body),
				HttpStatus.CREATED);
		assertThat(rotated.path("old_expires_at").asString()).isEqualTo(end);
		assertThat(rotated.path("vault")).isEqualTo(created.path("vault"));
		assertThat(rotated.path("id")).isNotEqualTo(created.path("id"));
		assertThat(stored(rotated.path("key").asString()).isValidAt(NOW)).isTrue();
		assertThat(stored(created.path("key").asString()).expiresAt()).isEqualTo(end);
	}

	@ParameterizedTest
	@CsvSource({ "{\"grace\":\"-PT1S\"}", "{\"grace\":\"P91D\"}", "{\"grace\":\"a day\"}", "{\"grace\":7}" })
	void rotateWhenGraceIsWrongThen400NamesIt(String body) {
		String id = created("{\"name\":\"alice\"}").path("id").asString();
		assertRefused(send(HttpMethod.POST, "/v1/keys/" + id + "/rotate", body), HttpStatus.BAD_REQUEST, "grace");
	}

	@Test
	void anyCallWhenKeyIsUnknownOrAnotherAccountsThen404() {
		for (String id : List.of(theirs().id(), "key_unknown", "'%20OR%201=1")) {
			send(HttpMethod.GET, "/v1/keys/" + id, null).expectStatus().isNotFound();
			send(HttpMethod.PATCH, "/v1/keys/" + id, "{\"name\":\"x\"}").expectStatus().isNotFound();
			send(HttpMethod.POST, "/v1/keys/" + id + "/rotate", null).expectStatus().isNotFound();
			send(HttpMethod.DELETE, "/v1/keys/" + id, null).expectStatus().isNotFound();
		}
	}

	private KeyRecord theirs() {
		return this.keys.issue(new KeyRequest("other", "theirs", null, List.of(), KeyMode.ON, null)).block().record();
	}

	private KeyRecord stored(String key) {
		return this.repository.findByHash(MemoryKey.parse(key).hash()).block();
	}

	private JsonNode created(String body) {
		WebTestClient.ResponseSpec response = send(HttpMethod.POST, "/v1/keys", body);
		response.expectHeader().valueEquals("Cache-Control", "no-store");
		return json(response, HttpStatus.CREATED);
	}

	private WebTestClient.ResponseSpec send(HttpMethod method, String path, String body) {
		WebTestClient.RequestBodySpec request = this.client.method(method)
			.uri(URI.create(path))
			.header("Authorization", "Bearer " + TOKEN);
		return (body != null) ? request.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange()
				: request.exchange();
	}

	private static JsonNode json(WebTestClient.ResponseSpec response, HttpStatus status) {
		byte[] body = response.expectStatus().isEqualTo(status).expectBody().returnResult().getResponseBody();
		return JsonMapper.shared().readTree(body);
	}

	private static void assertRefused(WebTestClient.ResponseSpec response, HttpStatus status, String param) {
		response.expectStatus().isEqualTo(status).expectBody().jsonPath("$.error.param").isEqualTo(param);
	}

}
