package io.memoryrouter.gateway.support;

import java.time.Duration;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of the gateway. No tag ever holds a key, a vault, a session or a model: the
 * number of series is fixed.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr>
 * <td>{@code memoryrouter.gateway.recall}</td>
 * <td>timer, {@code outcome} as in {@link MemoryOutcome}: one recall, its deadline
 * included</td>
 * </tr>
 * <tr>
 * <td>{@code memoryrouter.gateway.overhead}</td>
 * <td>timer: what was added before a provider was called</td>
 * </tr>
 * <tr>
 * <td>{@code memoryrouter.gateway.exchanges}</td>
 * <td>counter, {@code result} as in {@link Append}: exchanges that were to be stored</td>
 * </tr>
 * <tr>
 * <td>{@code memoryrouter.gateway.keys.rejected}</td>
 * <td>counter: requests whose Memory Key was refused</td>
 * </tr>
 * <tr>
 * <td>{@code memoryrouter.gateway.requests.limited}</td>
 * <td>counter: requests that a rate limiter refused</td>
 * </tr>
 * <tr>
 * <td>{@code memoryrouter.gateway.receipts.lost}</td>
 * <td>counter: receipts that could not be saved</td>
 * </tr>
 * <tr>
 * <td>{@code memoryrouter.gateway.models.failures}</td>
 * <td>counter, {@code provider}: attempts to list a provider's models that failed</td>
 * </tr>
 * </table>
 */
public final class GatewayMeters {

	static final String RECALL = "memoryrouter.gateway.recall";

	static final String OVERHEAD = "memoryrouter.gateway.overhead";

	static final String EXCHANGES = "memoryrouter.gateway.exchanges";

	static final String KEYS_REJECTED = "memoryrouter.gateway.keys.rejected";

	static final String REQUESTS_LIMITED = "memoryrouter.gateway.requests.limited";

	static final String RECEIPTS_LOST = "memoryrouter.gateway.receipts.lost";

	static final String MODELS_FAILURES = "memoryrouter.gateway.models.failures";

	private final MeterRegistry registry;

	private final Timer overhead;

	private final Counter keysRejected;

	private final Counter requestsLimited;

	private final Counter receiptsLost;

	public GatewayMeters(MeterRegistry registry) {
		this.registry = registry;
		this.overhead = Timer.builder(OVERHEAD)
			.description("What memory added before a provider was called")
			.register(registry);
		this.keysRejected = Counter.builder(KEYS_REJECTED)
			.description("Requests whose Memory Key was refused")
			.register(registry);
		this.requestsLimited = Counter.builder(REQUESTS_LIMITED)
			.description("Requests that a rate limiter refused")
			.register(registry);
		this.receiptsLost = Counter.builder(RECEIPTS_LOST)
			.description("Receipts that could not be saved")
			.register(registry);
	}

	/**
	 * Counts a recall.
	 * @param outcome what came of it
	 * @param took how long it took
	 */
	public void recalled(MemoryOutcome outcome, Duration took) {
		this.registry.timer(RECALL, "outcome", outcome.value()).record(took);
	}

	/**
	 * Records what was added to a request.
	 * @param overhead the time before the provider was called
	 */
	public void overhead(Duration overhead) {
		this.overhead.record(overhead);
	}

	/**
	 * Counts an exchange that was to be stored.
	 * @param append what became of it
	 */
	public void appended(Append append) {
		this.registry.counter(EXCHANGES, "result", append.value()).increment();
	}

	/**
	 * Counts a refused Memory Key.
	 */
	public void keyRejected() {
		this.keysRejected.increment();
	}

	/**
	 * Counts a request that a rate limiter refused.
	 */
	public void rateLimited() {
		this.requestsLimited.increment();
	}

	/**
	 * Counts a receipt that could not be saved.
	 */
	public void receiptLost() {
		this.receiptsLost.increment();
	}

	/**
	 * Counts an attempt to list a provider's models that failed.
	 * @param provider the provider's name
	 */
	public void modelsNotListed(String provider) {
		this.registry.counter(MODELS_FAILURES, "provider", provider).increment();
	}

	/** What became of an exchange that was to be stored. */
	public enum Append {

		/** It was durable before the answer ended. */
		STORED,

		/**
		 * It was not durable yet when the answer ended; counted a second time when it is
		 * decided.
		 */
		LATE,

		/** The store failed, or refused because too much was waiting. */
		FAILED;

		String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
