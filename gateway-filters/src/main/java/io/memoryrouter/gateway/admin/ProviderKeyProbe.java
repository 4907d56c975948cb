package io.memoryrouter.gateway.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Tries a key out on its provider: asks for the list of models, which needs the key and
 * costs nothing. Nothing that the provider says is passed on, since it may quote the key.
 */
public final class ProviderKeyProbe {

	/** How long a provider has for its answer, unless told otherwise. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(ProviderKeyProbe.class);

	private final ModelListClient client;

	private final Duration timeout;

	/**
	 * Makes a probe.
	 * @param client asks providers for their models
	 * @param timeout how long a provider has for its answer
	 */
	public ProviderKeyProbe(ModelListClient client, Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "A timeout is more than nothing");
		this.client = client;
		this.timeout = timeout;
	}

	Mono<Outcome> run(Provider provider, ProviderKey key) {
		if (provider.baseUrl() == null) {
			return Mono.just(failed(provider, null, "The provider has no address. Set " + property(provider)));
		}
		return this.client.list(provider, Optional.of(key))
			.timeout(this.timeout)
			.map((models) -> accepted(provider, models))
			.onErrorResume((ex) -> Mono.just(explain(provider, ex)));
	}

	private static Outcome accepted(Provider provider, List<String> models) {
		return new Outcome(provider.name(), true, HttpStatus.OK.value(), models.size(), "The provider accepts the key");
	}

	private Outcome explain(Provider provider, Throwable ex) {
		logger.debug("The key for '{}' could not be tried: {}", provider.name(), ex.getClass().getName());
		if (ex instanceof WebClientResponseException answer) {
			return failed(provider, answer.getStatusCode().value(), meaning(provider, answer.getStatusCode().value()));
		}
		return failed(provider, null,
				(ex instanceof TimeoutException)
						? "The provider did not answer within " + this.timeout.toSeconds() + " seconds"
						: "The provider cannot be reached at " + property(provider));
	}

	private static String meaning(Provider provider, int status) {
		return switch (status) {
			case 401, 403 -> "The provider does not accept the key";
			// Google's answer to a key that it does not know.
			case 400 -> "The provider does not accept the key, or not the request";
			case 429 -> "The provider has had too many requests with this key";
			default -> (status >= 500) ? "The provider is not able to answer at the moment"
					: "The provider did not answer with its models. Is its address right? It is set as "
							+ property(provider);
		};
	}

	private static String property(Provider provider) {
		return "memoryrouter.providers." + provider.name() + ".base-url";
	}

	private static Outcome failed(Provider provider, @Nullable Integer status, String message) {
		return new Outcome(provider.name(), false, status, null, message);
	}

	/**
	 * What came of it.
	 *
	 * @param provider the provider's name
	 * @param isAccepted whether the provider answered with its models
	 * @param status the status of the provider's answer, or {@code null} if there was
	 * none
	 * @param models how many models it listed, or {@code null} if it listed none
	 * @param message for the administrator
	 */
	record Outcome(String provider, boolean isAccepted, @Nullable Integer status, @Nullable Integer models,
			String message) {

		Map<String, @Nullable Object> members() {
			Map<String, @Nullable Object> members = new LinkedHashMap<>();
			members.put("provider", this.provider);
			members.put("ok", this.isAccepted);
			members.put("status", this.status);
			members.put("models", this.models);
			members.put("message", this.message);
			return members;
		}

	}

}
