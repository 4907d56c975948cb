package io.memoryrouter.gateway.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memoryrouter.gateway.chat.body.MemoryRequestScanner;
import io.memoryrouter.gateway.context.ContextPreparer;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.ChatRequestReader;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.MemoryPlan;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code POST /v1/memory/ingest}: stores what was said, where the client calls the model
 * itself.
 * <ol>
 * <li>What of the messages is stored is drafted ({@link IngestDraft}); if the key, the
 * controls or the messages leave nothing, nothing is called.</li>
 * <li>The exchange is stored. When 202 is answered it is durable and the next request
 * sees it; that it cannot be stored is 503, to be tried again.</li>
 * <li>The same exchange in the same session is stored once, until it is deleted. Under an
 * {@code Idempotency-Key} the same request gets the same answer
 * ({@link IdempotentAnswers}).</li>
 * </ol>
 */
public final class IngestEndpoint {

	/** The greatest number of messages that are stored of one request. */
	static final int MAX_MESSAGES = 1_000;

	private static final Logger logger = LoggerFactory.getLogger(IngestEndpoint.class);

	private static final String CREATED_AT = "created_at";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final ChatRequestReader reader;

	private final ContextPreparer preparer;

	private final MemoryIngestor ingestor;

	private final IdempotentAnswers answers;

	private final GatewayMeters meters;

	/**
	 * Makes the endpoint.
	 * @param reader reads requests
	 * @param preparer tells in the answer's head what became of memory
	 * @param ingestor stores exchanges
	 * @param idempotency keeps answers under their idempotency keys, or {@code null} if
	 * such keys are to be refused
	 * @param meters counts what becomes of exchanges
	 */
	public IngestEndpoint(ChatRequestReader reader, ContextPreparer preparer, MemoryIngestor ingestor,
			@Nullable IdempotencyStore idempotency, GatewayMeters meters) {
		this.reader = reader;
		this.preparer = preparer;
		this.ingestor = ingestor;
		this.answers = new IdempotentAnswers(idempotency);
		this.meters = meters;
	}

	/**
	 * The endpoint.
	 * @return the route, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().POST("/v1/memory/ingest", this::ingest).build();
	}

	private Mono<ServerResponse> ingest(ServerRequest request) {
		ServerWebExchange exchange = request.exchange();
		KeyContext key = MemoryKeyHandlerFilter.keyOf(request);
		return this.reader.readOwn(exchange, (body) -> MemoryRequestScanner.scan(body, Set.of(CREATED_AT)))
			.map((call) -> call.withPlan(MemoryPlan.of(key.allowed(), call.controls())))
			.flatMap((call) -> ingest(exchange, call, key.key().vault()))
			.flatMap((answer) -> ServerResponse.accepted().contentType(MediaType.APPLICATION_JSON).bodyValue(answer));
	}

	private Mono<String> ingest(ServerWebExchange exchange, ChatCall call, VaultId vault) {
		Instant createdAt = RequestFields.time(call, CREATED_AT);
		String idempotencyKey = IdempotencyKey.of(exchange.getRequest().getHeaders());
		IngestDraft draft = IngestDraft.of(call);
		if (draft.size() > MAX_MESSAGES) {
			return Mono.error(tooMany());
		}
		this.preparer.off(exchange, call);
		if (!call.plan().stores()) {
			return Mono.just(answer(draft, List.of()));
		}
		Mono<String> storing = store(exchange, draft, vault, call, (createdAt != null) ? createdAt : call.receivedAt())
			.map((ids) -> answer(draft, ids));
		Mono<String> answer = (idempotencyKey != null) ? this.answers.answer(vault, idempotencyKey, call, storing)
				: storing;
		return answer.timeout(TIMEOUT).onErrorMap(IngestEndpoint::translate);
	}

	private Mono<List<String>> store(ServerWebExchange exchange, IngestDraft draft, VaultId vault, ChatCall call,
			Instant createdAt) {
		if (draft.size() == 0) {
			return Mono.just(List.of());
		}
		return Mono.defer(() -> this.ingestor.ingest(draft.toExchange(vault, call, createdAt)))
			.doOnNext((ingested) -> RequestUsage.of(exchange).stored(ingested.added()))
			.doOnSuccess((ingested) -> this.meters.appended(GatewayMeters.Append.STORED))
			.doOnError((ex) -> this.meters.appended(GatewayMeters.Append.FAILED))
			// Counts what is stored also when the client has gone away.
			.cache()
			.map(Ingested::ids);
	}

	private static String answer(IngestDraft draft, List<String> ids) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("accepted", draft.accepted());
		json.put("ids", ids);
		json.put("stored", !ids.isEmpty());
		return JsonMapper.shared().writeValueAsString(json);
	}

	private static ApiException translate(Throwable ex) {
		if (ex instanceof ApiException answer) {
			return answer;
		}
		logger.warn("An exchange was not stored: {}", MemoryStoreException.describe(ex));
		String code = (ex instanceof MemoryStoreException.Overloaded) ? "memory_overloaded" : "memory_unavailable";
		return ApiException.unavailable(code,
				"The exchange could not be stored. Try again: it is stored once, however often it is sent", ex);
	}

	private static ApiException tooMany() {
		return ApiException.badRequest("invalid_request_body",
				"'messages' has to hold at most " + MAX_MESSAGES + " messages that are stored", "messages");
	}

}
