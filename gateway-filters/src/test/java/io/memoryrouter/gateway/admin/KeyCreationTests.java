package io.memoryrouter.gateway.admin;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyAdministration}: the keys that it makes, and the requests for one
 * that it refuses.
 */
class KeyCreationTests extends AbstractKeyAdministrationTests {

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

}
