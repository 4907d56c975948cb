package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.RecallQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Recalls memories for requests, never at the cost of the request: a recall that fails or
 * outlasts its deadline is an outcome, not an error, and while most of them do, a circuit
 * breaker answers at once.
 */
public final class ContextRecaller {

	private static final Logger logger = LoggerFactory.getLogger(ContextRecaller.class);

	private final MemoryRetriever retriever;

	private final CircuitBreaker breaker;

	private final GatewayMeters meters;

	private final RecollectionMemo memo = new RecollectionMemo();

	/**
	 * Makes a recaller.
	 * @param retriever finds the memories
	 * @param breaker opens while the retriever does not work
	 * @param meters counts the recalls
	 */
	public ContextRecaller(MemoryRetriever retriever, CircuitBreaker breaker, GatewayMeters meters) {
		this.retriever = retriever;
		this.breaker = breaker;
		this.meters = meters;
	}

	/**
	 * Recalls.
	 * @param call the request
	 * @param key whose memory it may use
	 * @param settings how much, and how long it may take
	 * @return what was recalled; never an error
	 */
	Mono<Recollection> recall(ChatCall call, KeyContext key, ContextSettings settings) {
		RecallQuery query = RecallQueries.of(call, key, settings);
		if (query.text().isBlank()) {
			return Mono.just(Recollection.none(MemoryOutcome.EMPTY));
		}
		Recollection known = this.memo.find(call, query);
		if (known != null) {
			return Mono.just(known);
		}
		return recall(query, settings.deadline()).doOnNext((recollection) -> this.memo.keep(call, query, recollection));
	}

	private Mono<Recollection> recall(RecallQuery query, Duration deadline) {
		long start = System.nanoTime();
		return Mono.defer(() -> this.retriever.recall(query))
			.timeout(deadline)
			.transformDeferred(CircuitBreakerOperator.of(this.breaker))
			.map(Recollection::of)
			.onErrorResume((ex) -> Mono.just(failed(ex)))
			.defaultIfEmpty(Recollection.none(MemoryOutcome.EMPTY))
			.doOnNext((recollection) -> this.meters.recalled(recollection.outcome(),
					Duration.ofNanos(System.nanoTime() - start)));
	}

	/** What an exception says is told only where it is known to hold no memory's text. */
	private static Recollection failed(Throwable ex) {
		if (ex instanceof TimeoutException) {
			logger.debug("A recall outlasted its deadline");
			return Recollection.none(MemoryOutcome.TIMEOUT);
		}
		if (ex instanceof CallNotPermittedException) {
			logger.debug("Recalls are suspended");
		}
		else {
			logger.warn("A recall failed: {}", (ex instanceof MemoryStoreException) ? ex : ex.getClass().getName());
		}
		return Recollection.none(MemoryOutcome.ERROR);
	}

}
