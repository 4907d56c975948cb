package io.memoryrouter.gateway.api.memories;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.memories.VaultEraser.Counts;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.VaultStats;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What concerns a key's own vault as a whole: {@code DELETE /v1/memory},
 * {@code GET /v1/memory/stats} and {@code POST /v1/memory/warmup}.
 */
public final class VaultEndpoints {

	/** Erasing rewrites files, and warming up reads them. */
	private static final Duration LONG_TIMEOUT = Duration.ofMinutes(2);

	/**
	 * How many UTF-16 units make a token, about: OpenAI's rule of thumb for English text.
	 */
	private static final int CHARACTERS_PER_TOKEN = 4;

	private static final String SESSION_PARAMETER = "session_id";

	private final MemoryStore store;

	private final MemoryRetriever retriever;

	private final VaultErasure erasure;

	/**
	 * Makes the endpoints.
	 * @param store where memories are kept
	 * @param retriever loads vaults
	 * @param erasure erases vaults and sessions
	 */
	public VaultEndpoints(MemoryStore store, MemoryRetriever retriever, VaultErasure erasure) {
		this.store = store;
		this.retriever = retriever;
		this.erasure = erasure;
	}

	/**
	 * The endpoints.
	 * @return the routes, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.DELETE("/v1/memory", this::erase)
			.GET("/v1/memory/stats", this::stats)
			.POST("/v1/memory/warmup", this::warmUp)
			.build();
	}

	private Mono<ServerResponse> erase(ServerRequest request) {
		VaultId vault = MemoryCalls.vaultToChange(request);
		SessionId session = sessionToErase(request);
		return MemoryCalls.guarded(this.erasure.erase(vault, session), LONG_TIMEOUT)
			.flatMap((kinds) -> MemoryCalls.ok(receipt(kinds)));
	}

	/**
	 * Lists take a session as a parameter. Whoever does so here means one session, and
	 * must not lose all of them.
	 */
	private static @Nullable SessionId sessionToErase(ServerRequest request) {
		if (request.queryParam(SESSION_PARAMETER).isPresent()) {
			throw ApiException.badRequest("invalid_parameter", "A session is erased by the header '"
					+ MemoryHeaders.SESSION_ID + "', not by a parameter. Nothing was erased", SESSION_PARAMETER);
		}
		return MemoryCalls.sessionHeader(request);
	}

	private static Map<String, Object> receipt(Map<String, Counts> kinds) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("deleted", counts(kinds, Counts::deleted));
		json.put("remaining", counts(kinds, Counts::remaining));
		return json;
	}

	private static Map<String, Long> counts(Map<String, Counts> kinds, ToLongFunction<Counts> count) {
		Map<String, Long> json = new LinkedHashMap<>();
		kinds.forEach((kind, counts) -> json.put(kind, count.applyAsLong(counts)));
		return json;
	}

	private Mono<ServerResponse> stats(ServerRequest request) {
		return MemoryCalls.guarded(this.store.stats(MemoryCalls.vault(request)))
			.flatMap((stats) -> MemoryCalls.ok(json(stats)));
	}

	private static Map<String, @Nullable Object> json(VaultStats stats) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("memories", stats.memories());
		json.put("tokens", (stats.characters() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
		json.put("sessions", stats.sessions());
		json.put("oldest", Rfc3339.format(stats.oldest()));
		json.put("newest", Rfc3339.format(stats.newest()));
		json.put("pending", stats.pending());
		return json;
	}

	private Mono<ServerResponse> warmUp(ServerRequest request) {
		return MemoryCalls.guarded(this.retriever.warmUp(MemoryCalls.vault(request)), LONG_TIMEOUT)
			.flatMap((memories) -> MemoryCalls.ok(Map.of("memories", memories)));
	}

}
