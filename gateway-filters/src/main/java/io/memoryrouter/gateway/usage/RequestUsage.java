package io.memoryrouter.gateway.usage;

import java.util.function.Consumer;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.support.ExchangeAttribute;
import io.memoryrouter.usage.UsageCounts;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * Where the use of one request is counted. It may be told of things after the request has
 * ended. No call fails or waits.
 */
public final class RequestUsage {

	/** Counts nothing. */
	public static final RequestUsage NONE = new RequestUsage((counts) -> {
	});

	static final ExchangeAttribute<RequestUsage> ATTRIBUTE = ExchangeAttribute.of(RequestUsage.class);

	/**
	 * What a provider tells is taken up to here: far more than any model takes, and too
	 * little to make a sum overflow.
	 */
	private static final long MAX_TOKENS = 1_000_000_000;

	private final Consumer<UsageCounts> counter;

	RequestUsage(Consumer<UsageCounts> counter) {
		this.counter = counter;
	}

	/**
	 * Where the use of a request is counted.
	 * @param exchange the exchange
	 * @return where, or {@link #NONE} if it is not
	 */
	public static RequestUsage of(ServerWebExchange exchange) {
		RequestUsage usage = ATTRIBUTE.get(exchange);
		return (usage != null) ? usage : NONE;
	}

	/**
	 * Counts the request itself.
	 * @param memoryTokensInjected the tokens of the memories that it was given
	 */
	void requested(int memoryTokensInjected) {
		this.counter.accept(UsageCounts.ofRequest(memoryTokensInjected));
	}

	/**
	 * Counts the tokens of an answer, once.
	 * @param usage what the provider counted, or {@code null} if it did not say
	 */
	public void answered(AnswerReader.@Nullable Usage usage) {
		if (usage != null) {
			this.counter.accept(UsageCounts.ofTokens(bounded(usage.promptTokens()), bounded(usage.completionTokens())));
		}
	}

	private static long bounded(long tokens) {
		return Math.max(0, Math.min(tokens, MAX_TOKENS));
	}

	/**
	 * Counts memories.
	 * @param memories how many are new in the store
	 */
	public void stored(int memories) {
		if (memories > 0) {
			this.counter.accept(UsageCounts.ofMemories(memories));
		}
	}

}
