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
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
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

	private final RecollectionMemo turns = new RecollectionMemo();

	private final BlockMemo blocks;

	/**
	 * Makes a recaller.
	 * @param retriever finds the memories
	 * @param breaker opens while the retriever does not work
	 * @param sticky how many blocks of earlier messages are remembered
	 * @param meters counts the recalls
	 */
	public ContextRecaller(MemoryRetriever retriever, CircuitBreaker breaker, StickySettings sticky,
			GatewayMeters meters) {
		this.retriever = retriever;
		this.breaker = breaker;
		this.blocks = new BlockMemo(sticky);
		this.meters = meters;
	}

	/**
	 * Recalls.
	 * @param call the request
	 * @param key whose memory it may use
	 * @param settings how much, and how long it may take
	 * @return what memory has for the request; never an error
	 */
	Mono<PromptContext> recall(ChatCall call, KeyContext key, ContextSettings settings) {
		EarlierBlocks earlier = settings.remembersBlocks() ? this.blocks.find(call, key) : EarlierBlocks.NONE;
		RecallQuery query = RecallQueries.of(call, key, settings, earlier.memories());
		return recall(call, query, settings.deadline()).map((recollection) -> new PromptContext(recollection, earlier));
	}

	private Mono<Recollection> recall(ChatCall call, RecallQuery query, Duration deadline) {
		if (query.text().isBlank()) {
			return Mono.just(Recollection.none(MemoryOutcome.EMPTY));
		}
		Recollection known = this.turns.find(call, query);
		if (known != null) {
			return Mono.just(known);
		}
		long era = this.turns.cache().era();
		return recall(query, deadline).doOnNext((recollection) -> this.turns.keep(call, query, recollection, era));
	}

	/**
	 * Notes what a question is sent with, for when it comes back as an earlier message.
	 * @param call the request
	 * @param earlier what was known of it
	 * @param given what its question is given, or {@code null} if nothing
	 */
	void note(ChatCall call, EarlierBlocks earlier, @Nullable Recollection given) {
		this.blocks.note(call, earlier, given);
	}

	/**
	 * Forgets what was recalled for a vault, or for one session of it, and what holds
	 * memories from there. To be called when they have been erased.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 */
	public void forget(VaultId vault, @Nullable SessionId session) {
		this.turns.cache().forget(vault, session);
		this.blocks.cache().forget(vault, session);
	}

	/**
	 * Forgets what holds a memory. To be called when it has been deleted or changed.
	 * @param vault the memory's vault
	 * @param id the memory's id
	 */
	public void forgetMemory(VaultId vault, String id) {
		this.turns.cache().forgetMemory(vault, id);
		this.blocks.cache().forgetMemory(vault, id);
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

	private static Recollection failed(Throwable ex) {
		if (ex instanceof TimeoutException) {
			logger.debug("A recall outlasted its deadline");
			return Recollection.none(MemoryOutcome.TIMEOUT);
		}
		if (ex instanceof CallNotPermittedException) {
			logger.debug("Recalls are suspended");
		}
		else {
			logger.warn("A recall failed: {}", MemoryStoreException.describe(ex));
		}
		return Recollection.none(MemoryOutcome.ERROR);
	}

}
