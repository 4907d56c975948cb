package io.memoryrouter.gateway.api.memories;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with the real embedded store, and a client that manages vaults.
 */
public final class ManagedGateway implements AutoCloseable {

	public static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final TestGateway gateway;

	public ManagedGateway(Path folder, String... properties) {
		this.gateway = TestGateway.startWithMemory(folder, properties);
	}

	/** A new key of a vault, which recalls from others, too. */
	public String key(String vault, KeyMode ceiling, String... readVaults) {
		List<VaultId> read = Stream.of(readVaults).map(VaultId::new).toList();
		return this.gateway.context()
			.getBean(MemoryKeyManager.class)
			.issue(new MemoryKeyManager.KeyRequest("default", vault, new VaultId(vault), read, ceiling, null))
			.block(TIMEOUT)
			.key()
			.reveal();
	}

	/** Stores what a user said. */
	public String store(String vault, @Nullable String session, String text, Instant createdAt) {
		Exchange exchange = new Exchange(new VaultId(vault), (session != null) ? new SessionId(session) : null,
				createdAt, "", List.of(new Exchange.Turn(Role.USER, null, text, false)));
		return bean(MemoryIngestor.class).ingest(exchange).block(TIMEOUT).ids().get(0);
	}

	public <T> T bean(Class<T> type) {
		return this.gateway.context().getBean(type);
	}

	public TestGateway gateway() {
		return this.gateway;
	}

	public HttpResponse<String> send(String key, String method, String path, String body, String... headers) {
		HttpRequest.Builder request = this.gateway.request("/v1/memory" + path)
			.header("X-Memory-Key", key)
			.method(method, HttpRequest.BodyPublishers.ofString(body));
		if (method.equals("PATCH")) {
			request.header("Content-Type", "application/json");
		}
		return this.gateway.send((headers.length > 0) ? request.headers(headers) : request);
	}

	public JsonNode get(String key, String path) {
		return json(send(key, "GET", path, ""), 200);
	}

	public static JsonNode json(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body());
	}

	@Override
	public void close() {
		this.gateway.close();
	}

}
