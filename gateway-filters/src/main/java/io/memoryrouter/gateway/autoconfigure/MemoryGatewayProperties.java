package io.memoryrouter.gateway.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.context.ContextSettings;
import io.memoryrouter.gateway.context.FailurePolicy;
import io.memoryrouter.gateway.context.Sticky;
import io.memoryrouter.gateway.context.StickySettings;
import io.memoryrouter.gateway.ingest.IngestSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the filters, for all routes.
 *
 * @param defaultProvider the provider of requests that name none, on routes that have
 * neither a provider nor an address of their own
 * @param defaultModel the model of requests that name none, as provider/model
 * @param queryKeyAsHeader whether a key in the query is taken for one in the header
 * {@code x-goog-api-key} before anything, a log above all, sees the request. For gateways
 * all of whose routes under {@code /v1} and {@code /v1beta} lead to providers
 * @param providers the providers, by the name that stands before a model
 * @param limits what a request may not exceed
 * @param context how memories are recalled and put into requests
 * @param ingest how answers are read along and stored
 */
@Validated
@ConfigurationProperties("memoryrouter")
public record MemoryGatewayProperties(@Nullable String defaultProvider, @Nullable String defaultModel,
		@DefaultValue("false") boolean queryKeyAsHeader, @DefaultValue Map<String, ProviderProperties> providers,
		@DefaultValue @Valid Limits limits, @DefaultValue @Valid Context context, @DefaultValue @Valid Ingest ingest) {

	/**
	 * What a request may not exceed.
	 *
	 * @param bodySize the greatest size of a body that is read, on the endpoints that
	 * have memory
	 */
	public record Limits(@DefaultValue("32MB") @NotNull DataSize bodySize) {

	}

	/**
	 * How memories are recalled and put into requests.
	 *
	 * @param deadline how long a recall may take
	 * @param onFailure what becomes of a request whose recall fails or takes longer
	 * @param limit the greatest number of memories, unless the request says otherwise
	 * @param maxTokens the greatest size of their texts, in tokens
	 * @param placement where in the request they go
	 * @param sticky for how long a message keeps the block of memories that it was given:
	 * for its turn, or for the session
	 * @param memo what is remembered of blocks that were given
	 * @param breaker when recalls are suspended
	 */
	public record Context(@DefaultValue("150ms") @NotNull Duration deadline,
			@DefaultValue("continue") @NotNull FailurePolicy onFailure, @DefaultValue("20") @Min(1) @Max(100) int limit,
			@DefaultValue("1500") @Min(1) int maxTokens, @DefaultValue("user-suffix") @NotNull Placement placement,
			@DefaultValue("turn") @NotNull Sticky sticky, @DefaultValue @Valid Memo memo,
			@DefaultValue @Valid Breaker breaker) {

		ContextSettings toSettings() {
			return new ContextSettings(this.deadline, this.onFailure, this.limit, this.maxTokens, this.placement,
					this.sticky);
		}

	}

	/**
	 * What is remembered, in this process, of the blocks that messages were given, where
	 * they are kept for the session.
	 *
	 * @param maxSize the memory that the blocks may take, about
	 * @param maxIdle how long the blocks of a conversation that does not go on are kept
	 */
	public record Memo(@DefaultValue("16MB") @NotNull DataSize maxSize, @DefaultValue("1h") @NotNull Duration maxIdle) {

		StickySettings toSettings() {
			return new StickySettings(this.maxSize.toBytes(), this.maxIdle);
		}

	}

	/**
	 * When recalls are suspended, so that a store that does not answer does not cost
	 * every request its deadline.
	 *
	 * @param window how many of the latest recalls are looked at
	 * @param failureRate the share of them that fails or is late, in percent, from which
	 * on recalls are suspended
	 * @param pause how long they are suspended before some are tried again
	 */
	public record Breaker(@DefaultValue("20") @Min(1) int window, @DefaultValue("50") @Min(1) @Max(100) int failureRate,
			@DefaultValue("5s") @NotNull Duration pause) {

	}

	/**
	 * How answers are read along and stored.
	 *
	 * @param hold how long the end of an answer waits for the exchange to be durable
	 * @param maxAnswerSize the most that is kept of an answer's text
	 * @param maxPending how many exchanges may wait for the store at a time
	 */
	public record Ingest(@DefaultValue("50ms") @NotNull Duration hold,
			@DefaultValue("1MB") @NotNull DataSize maxAnswerSize, @DefaultValue("10000") @Min(1) int maxPending) {

		IngestSettings toSettings() {
			return new IngestSettings(this.hold, this.maxAnswerSize, this.maxPending);
		}

	}

}
