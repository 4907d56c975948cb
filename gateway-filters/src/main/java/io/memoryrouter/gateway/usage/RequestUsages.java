package io.memoryrouter.gateway.usage;

import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageSource;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * Begins to count the use of requests.
 */
public final class RequestUsages {

	private final @Nullable UsageRecorder recorder;

	/**
	 * Takes the recorder.
	 * @param recorder counts, or {@code null} if nothing is to be counted
	 */
	public RequestUsages(@Nullable UsageRecorder recorder) {
		this.recorder = recorder;
	}

	/**
	 * Begins to count the use of a request. From here on {@link RequestUsage#of} finds
	 * it.
	 * @param exchange the exchange
	 * @param key the key that the request came with
	 * @param provider the provider's name, or {@code null} if none is called
	 * @param model the model as the provider knows it, or {@code null} if none is named
	 * @return where to count
	 */
	RequestUsage begin(ServerWebExchange exchange, KeyRecord key, @Nullable String provider, @Nullable String model) {
		UsageRecorder counting = this.recorder;
		if (counting == null) {
			return RequestUsage.NONE;
		}
		UsageSource source = new UsageSource(key.account(), key.id(), provider, model);
		RequestUsage usage = new RequestUsage((counts) -> counting.record(source, counts));
		RequestUsage.ATTRIBUTE.set(exchange, usage);
		return usage;
	}

}
