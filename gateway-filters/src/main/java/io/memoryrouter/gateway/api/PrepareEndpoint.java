package io.memoryrouter.gateway.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.memoryrouter.gateway.chat.body.MemoryRequestScanner;
import io.memoryrouter.gateway.context.ContextPreparer;
import io.memoryrouter.gateway.context.Recollection;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.ChatRequestReader;
import io.memoryrouter.gateway.support.MemoryReport;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code POST /v1/memory/prepare}: what a vault knows about a question, and the block of
 * text that carries it to a model which the client calls itself.
 * <ol>
 * <li>The messages are read as those of a chat request, and so are the controls; of
 * {@code limit} in the body, {@code memory_limit} and the other places, the first
 * counts.</li>
 * <li>Memories are recalled as for a proxied request, under the same deadline.</li>
 * <li>The answer has the block as {@code context}, {@code null} if there is none: nothing
 * was found, nothing was to be recalled, or the request only wants to know.</li>
 * </ol>
 */
public final class PrepareEndpoint {

	private static final String LIMIT = "limit";

	private static final String MAX_TOKENS = "max_tokens";

	private static final Set<String> FIELDS = Set.of(LIMIT, MAX_TOKENS);

	private static final int MAX_LIMIT = 100;

	private static final int MAX_MAX_TOKENS = 100_000;

	private final ChatRequestReader reader;

	private final ContextPreparer preparer;

	/**
	 * Makes the endpoint.
	 * @param reader reads requests
	 * @param preparer recalls memories for them
	 */
	public PrepareEndpoint(ChatRequestReader reader, ContextPreparer preparer) {
		this.reader = reader;
		this.preparer = preparer;
	}

	/**
	 * The endpoint.
	 * @return the route, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().POST("/v1/memory/prepare", this::prepare).build();
	}

	private Mono<ServerResponse> prepare(ServerRequest request) {
		ServerWebExchange exchange = request.exchange();
		return this.reader.readOwn(exchange, (body) -> MemoryRequestScanner.scan(body, FIELDS))
			.map(PrepareEndpoint::withLimit)
			.flatMap((call) -> prepare(exchange, call));
	}

	private static ChatCall withLimit(ChatCall call) {
		Integer limit = RequestFields.count(call, LIMIT, MAX_LIMIT);
		return (limit != null) ? call.withControls(call.controls().withLimit(limit)) : call;
	}

	private Mono<ServerResponse> prepare(ServerWebExchange exchange, ChatCall call) {
		return this.preparer.prepare(exchange, call, RequestFields.count(call, MAX_TOKENS, MAX_MAX_TOKENS))
			.flatMap((recollection) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.header(HttpHeaders.CACHE_CONTROL, "no-store")
				.bodyValue(json(recollection, call, MemoryReport.of(exchange).receipt())));
	}

	private static Map<String, Object> json(Recollection recollection, ChatCall call, @Nullable String receipt) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("context", call.plan().injects() ? recollection.block() : null);
		json.put("memories", recollection.memories().stream().map((recalled) -> json(recalled, call)).toList());
		json.put("tokens", recollection.tokens());
		json.put("outcome", recollection.outcome().value());
		json.put("receipt", receipt);
		return json;
	}

	private static Map<String, Object> json(Recall.Recalled recalled, ChatCall call) {
		Memory memory = recalled.memory();
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", memory.id());
		if (call.key() != null && !call.key().key().readVaults().isEmpty()) {
			json.put("vault", memory.vault().value());
		}
		json.put("role", memory.role().name().toLowerCase(Locale.ROOT));
		json.put("text", memory.text());
		json.put("session_id", (memory.session() != null) ? memory.session().value() : null);
		json.put("created_at", Rfc3339.format(memory.createdAt()));
		json.put("score", recalled.score());
		return json;
	}

}
