package io.memoryrouter.gateway.admin;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.MemoryKeyService;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class KeyAdministrationTests {

	private static final String TOKEN = "an-administrators-token";

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private final Keys keys = new Keys();

	private final WebTestClient client = client(AdminTokens.accepting(AdminToken.of(TOKEN)));

	private WebTestClient client(AdminTokens tokens) {
		return WebTestClient
			.bindToRouterFunction(new KeyAdministration(this.keys, tokens, Clock.fixed(NOW, ZoneOffset.UTC)).routes())
			.build();
	}

	private WebTestClient.ResponseSpec create(String body) {
		return create(this.client, TOKEN, body);
	}

	private static WebTestClient.ResponseSpec create(WebTestClient client, String token, String body) {
		return client.post()
			.uri("/v1/keys")
			.header("Authorization", "Bearer " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	@Test
	void createWhenOnlyNamedThenAnswersTheKeyAndItsVault() {
		create("{\"name\":\"alice\"}").expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectBody()
			.jsonPath("$.key")
			.isEqualTo("mk_AliceAliceAlice01")
			.jsonPath("$.id")
			.isEqualTo("key_1")
			.jsonPath("$.name")
			.isEqualTo("alice")
			.jsonPath("$.vault")
			.isEqualTo("vault_new")
			.jsonPath("$.mode")
			.isEqualTo("on")
			.jsonPath("$.created_at")
			.isEqualTo("2026-11-24T10:00:00.000Z");
		assertThat(this.keys.requests)
			.containsExactly(new MemoryKeyService.KeyRequest("default", "alice", null, KeyMode.ON, null));
	}

	@Test
	void createWhenAllIsGivenThenAllIsUsed() {
		create("""
				{"name":"alice","vault":"team","mode":"read","expires_at":"2027-01-31T01:00:00+01:00"}""")
			.expectStatus()
			.isCreated();
		assertThat(this.keys.requests).containsExactly(new MemoryKeyService.KeyRequest("default", "alice",
				new VaultId("team"), KeyMode.READ, Instant.parse("2027-01-31T00:00:00Z")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | name", "{\"name\":\"\"} | name", "{\"name\":7} | name",
					"{\"name\":\"a\",\"vault\":\"no space\"} | vault", "{\"name\":\"a\",\"mode\":\"READ\"} | mode",
					"{\"name\":\"a\",\"expires_at\":\"tomorrow\"} | expires_at",
					"{\"name\":\"a\",\"expires_at\":\"2020-01-01T00:00:00Z\"} | expires_at",
					"{\"name\":\"a\",\"vaults\":\"b\"} | vaults" })
	void createWhenFieldIsWrongThen400NamesIt(String body, String field) {
		create(body).expectStatus().isBadRequest().expectBody().jsonPath("$.error.param").isEqualTo(field);
		assertThat(this.keys.requests).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "[]", "{\"name\":", "7" })
	void createWhenBodyIsNoObjectThen400(String body) {
		create(body).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("invalid_request_body");
	}

	@Test
	void createWhenBodyIsEmptyThen400() {
		this.client.post()
			.uri("/v1/keys")
			.header("Authorization", "Bearer " + TOKEN)
			.exchange()
			.expectStatus()
			.isBadRequest();
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
		create("{\"name\":\"" + "a".repeat(300_000) + "\"}").expectStatus().isEqualTo(413);
	}

	@ParameterizedTest
	@CsvSource({ "wrong", "mk_AliceAliceAlice01", "an-administrators-token2" })
	void createWhenTokenIsNotTheAdministratorsThen401(String token) {
		create(this.client, token, "{\"name\":\"alice\"}").expectStatus().isUnauthorized();
		assertThat(this.keys.requests).isEmpty();
	}

	@Test
	void createWhenThereIsNoTokenThen401() {
		this.client.post()
			.uri("/v1/keys")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"name\":\"alice\"}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void createWhenAdministrationIsOffThen403() {
		create(client(AdminTokens.none()), TOKEN, "{\"name\":\"alice\"}").expectStatus().isForbidden();
	}

	@Test
	void createWhenVaultIsAnotherAccountsThen400SaysSo() {
		this.keys.failure = new IllegalArgumentException("The vault belongs to another account");
		create("{\"name\":\"a\",\"vault\":\"theirs\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.message")
			.isEqualTo("The vault belongs to another account");
	}

	@Test
	void createWhenKeyStoreIsDownThen503() {
		this.keys.failure = new KeyStoreUnavailableException("down", new IllegalStateException());
		create("{\"name\":\"a\"}").expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
	}

	private static final class Keys implements MemoryKeyService {

		private final List<KeyRequest> requests = new ArrayList<>();

		private RuntimeException failure;

		@Override
		public Mono<KeyRecord> authenticate(MemoryKey key) {
			return Mono.empty();
		}

		@Override
		public Mono<IssuedKey> issue(KeyRequest request) {
			if (this.failure != null) {
				return Mono.error(this.failure);
			}
			this.requests.add(request);
			VaultId vault = (request.vault() != null) ? request.vault() : new VaultId("vault_new");
			return Mono.just(new IssuedKey(MemoryKey.parse("mk_AliceAliceAlice01"), new KeyRecord("key_1",
					request.account(), request.name(), vault, request.ceiling(), NOW, request.expiresAt(), null)));
		}

	}

}
