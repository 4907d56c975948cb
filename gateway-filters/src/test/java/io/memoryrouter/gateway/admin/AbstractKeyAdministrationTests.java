package io.memoryrouter.gateway.admin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.StoredMemoryKeyManager;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Keys on the embedded store, as {@link KeyAdministration} shows them to an
 * administrator.
 */
abstract class AbstractKeyAdministrationTests {

	static final String TOKEN = "an-administrators-token";

	static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	@TempDir
	Path folder;

	EmbeddedDatabase database;

	EmbeddedKeyRepository repository;

	StoredMemoryKeyManager keys;

	WebTestClient client;

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

	WebTestClient client(Administrators administrators) {
		return WebTestClient
			.bindToRouterFunction(
					new KeyAdministration(this.keys, administrators, Clock.fixed(NOW, ZoneOffset.UTC)).routes())
			.build();
	}

	KeyRecord stored(String key) {
		return this.repository.findByHash(MemoryKey.parse(key).hash()).block();
	}

	JsonNode created(String body) {
		WebTestClient.ResponseSpec response = send(HttpMethod.POST, "/v1/keys", body);
		response.expectHeader().valueEquals("Cache-Control", "no-store");
		return json(response, HttpStatus.CREATED);
	}

	WebTestClient.ResponseSpec send(HttpMethod method, String path, String body) {
		WebTestClient.RequestBodySpec request = this.client.method(method)
			.uri(URI.create(path))
			.header("Authorization", "Bearer " + TOKEN);
		return (body != null) ? request.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange()
				: request.exchange();
	}

	static JsonNode json(WebTestClient.ResponseSpec response, HttpStatus status) {
		byte[] body = response.expectStatus().isEqualTo(status).expectBody().returnResult().getResponseBody();
		return JsonMapper.shared().readTree(body);
	}

	static void assertRefused(WebTestClient.ResponseSpec response, HttpStatus status, String param) {
		response.expectStatus().isEqualTo(status).expectBody().jsonPath("$.error.param").isEqualTo(param);
	}

}
