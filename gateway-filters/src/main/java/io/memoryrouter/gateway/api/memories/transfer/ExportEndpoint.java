package io.memoryrouter.gateway.api.memories.transfer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.memories.MemoryCalls;
import io.memoryrouter.gateway.api.memories.MemoryJson;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /v1/memory/export}: a key's own vault as JSON lines, oldest first, as an
 * upload takes them. Memories are read as the client takes them. An export that fails
 * midway breaks the connection, so that it is not taken for a whole one.
 */
public final class ExportEndpoint {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final MemoryStore store;

	/**
	 * Makes the endpoint.
	 * @param store where memories are kept
	 */
	public ExportEndpoint(MemoryStore store) {
		this.store = store;
	}

	/**
	 * The endpoint.
	 * @return the route, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().GET("/v1/memory/export", this::export).build();
	}

	private Mono<ServerResponse> export(ServerRequest request) {
		VaultId vault = MemoryCalls.vault(request);
		// A store that cannot be read is to be an answer, not a broken connection.
		return MemoryCalls.guarded(this.store.list(vault, MemoryFilter.ALL, null, 1))
			.flatMap((page) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_NDJSON)
				.header(HttpHeaders.CACHE_CONTROL, "no-store")
				.body(BodyInserters.fromDataBuffers(lines(vault, request.exchange().getResponse().bufferFactory()))));
	}

	private Flux<DataBuffer> lines(VaultId vault, DataBufferFactory buffers) {
		return this.store.readAll(vault).map((memory) -> buffers.wrap(line(memory)));
	}

	/**
	 * What is written of a memory.
	 * @param memory the memory
	 * @return a line, with its end
	 */
	static byte[] line(Memory memory) {
		return (MAPPER.writeValueAsString(json(memory)) + '\n').getBytes(StandardCharsets.UTF_8);
	}

	private static Map<String, @Nullable Object> json(Memory memory) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("content", memory.text());
		json.put("role", MemoryJson.role(memory));
		json.put("timestamp", Rfc3339.format(memory.createdAt()));
		if (memory.session() != null) {
			json.put("session_id", memory.session().value());
		}
		MemoryJson.addDetails(json, memory);
		json.put("id", memory.id());
		return json;
	}

}
