package io.memoryrouter.gateway.admin;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager.KeyRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyAdministration}: who may call it, and what it does with the keys
 * that there are.
 */
class KeyAdministrationTests extends AbstractKeyAdministrationTests {

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

}
