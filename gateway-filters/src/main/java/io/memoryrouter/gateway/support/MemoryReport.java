package io.memoryrouter.gateway.support;

import java.time.Duration;
import java.util.function.Supplier;

import io.memoryrouter.memory.SessionId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * What memory did for one request: filled by the filters as they go, and written into the
 * response's headers when its head is sent, over whatever a provider said under the same
 * names. What no filter told is left out. The filters of an exchange run one after
 * another, so nothing here is synchronised.
 */
public final class MemoryReport {

	private static final ExchangeAttribute<MemoryReport> ATTRIBUTE = ExchangeAttribute.of(MemoryReport.class);

	private @Nullable String mode;

	private @Nullable MemoryOutcome outcome;

	private int chunksRetrieved;

	private int tokensInjected;

	private @Nullable SessionId session;

	private @Nullable String provider;

	private @Nullable String receipt;

	private Duration embedding = Duration.ZERO;

	private Duration retrieval = Duration.ZERO;

	private long overheadNanos;

	private MemoryReport() {
	}

	/**
	 * The report of an exchange; the first call arranges that it is written.
	 * @param exchange the exchange
	 * @return its report
	 */
	public static MemoryReport of(ServerWebExchange exchange) {
		MemoryReport report = ATTRIBUTE.get(exchange);
		if (report == null) {
			report = new MemoryReport();
			ATTRIBUTE.set(exchange, report);
			ServerHttpResponse response = exchange.getResponse();
			response.beforeCommit(report.writeTo(response));
		}
		return report;
	}

	private Supplier<Mono<Void>> writeTo(ServerHttpResponse response) {
		return () -> {
			writeTo(response.getHeaders());
			return Mono.empty();
		};
	}

	/**
	 * Tells the effective mode.
	 * @param mode the word for it
	 */
	public void mode(String mode) {
		this.mode = mode;
	}

	/**
	 * Tells what came of recalling, without anything found.
	 * @param outcome the outcome
	 */
	public void outcome(MemoryOutcome outcome) {
		recalled(outcome, 0, Duration.ZERO, Duration.ZERO);
		this.tokensInjected = 0;
	}

	/**
	 * Tells what came of recalling.
	 * @param outcome the outcome
	 * @param chunks how many memories were found
	 * @param embedding the time that embedding the question took
	 * @param retrieval the time that the rest of the recall took
	 */
	public void recalled(MemoryOutcome outcome, int chunks, Duration embedding, Duration retrieval) {
		this.outcome = outcome;
		this.chunksRetrieved = chunks;
		this.embedding = embedding;
		this.retrieval = retrieval;
	}

	/**
	 * Tells how much was put into the request.
	 * @param tokens the size of the memories' texts
	 */
	public void injected(int tokens) {
		this.tokensInjected = tokens;
	}

	/**
	 * How much was put into the request, as far as it is told.
	 * @return the size of the memories' texts, in tokens
	 */
	public int tokensInjected() {
		return this.tokensInjected;
	}

	/**
	 * Tells the session.
	 * @param session the session, or {@code null} if the request has none
	 */
	public void session(@Nullable SessionId session) {
		this.session = session;
	}

	/**
	 * Tells the provider.
	 * @param name its name
	 */
	public void provider(String name) {
		this.provider = name;
	}

	/**
	 * The provider, as far as it is told.
	 * @return its name, or {@code null}
	 */
	public @Nullable String provider() {
		return this.provider;
	}

	/**
	 * Tells the receipt.
	 * @param id its id
	 */
	public void receipt(String id) {
		this.receipt = id;
	}

	/**
	 * The receipt, as far as it is told.
	 * @return its id, or {@code null}
	 */
	public @Nullable String receipt() {
		return this.receipt;
	}

	/**
	 * Tells of time that this product took before the provider was called.
	 * @param since when it began to work, by {@link System#nanoTime()}
	 */
	public void workedSince(long since) {
		this.overheadNanos += System.nanoTime() - since;
	}

	/**
	 * The time that this product took so far.
	 * @return the sum
	 */
	public Duration overhead() {
		return Duration.ofNanos(this.overheadNanos);
	}

	private void writeTo(HttpHeaders headers) {
		headers.headerNames().stream().filter(MemoryHeaders::isMemoryHeader).toList().forEach(headers::remove);
		set(headers, MemoryHeaders.SESSION_ID, this.session);
		set(headers, MemoryHeaders.MODE, this.mode);
		set(headers, MemoryHeaders.PROVIDER_DETECTED, this.provider);
		set(headers, MemoryHeaders.RECEIPT, this.receipt);
		if (this.outcome != null) {
			headers.set(MemoryHeaders.OUTCOME, this.outcome.value());
			headers.set(MemoryHeaders.CHUNKS_RETRIEVED, String.valueOf(this.chunksRetrieved));
			headers.set(MemoryHeaders.TOKENS_INJECTED, String.valueOf(this.tokensInjected));
			headers.set(MemoryHeaders.EMBEDDING_TIME, millis(this.embedding));
			headers.set(MemoryHeaders.RETRIEVAL_TIME, millis(this.retrieval));
			headers.set(MemoryHeaders.OVERHEAD_TIME, millis(overhead()));
		}
	}

	private static void set(HttpHeaders headers, String name, @Nullable Object value) {
		if (value != null) {
			headers.set(name, value.toString());
		}
	}

	private static String millis(Duration duration) {
		return String.valueOf(Math.round(duration.toNanos() / 1e6));
	}

}
