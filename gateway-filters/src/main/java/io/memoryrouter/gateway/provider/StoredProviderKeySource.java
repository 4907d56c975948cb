package io.memoryrouter.gateway.provider;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import io.memoryrouter.keys.provider.ProviderKey;
import io.memoryrouter.keys.provider.ProviderKeyService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;

/**
 * Takes the key that the Memory Key's account has stored for a provider: after the key
 * that came with the request, which makes asking needless, and before the deployment's.
 * <p>
 * When it cannot be known whether there is such a key, the request is refused rather than
 * sent with the deployment's key: somebody else would pay for it. A provider that needs
 * no key is called without one.
 */
public final class StoredProviderKeySource implements ProviderKeySource, Ordered {

	private static final int ORDER = 100;

	private static final Logger logger = LoggerFactory.getLogger(StoredProviderKeySource.class);

	private final ProviderKeyService keys;

	/**
	 * Makes a source.
	 * @param keys has the stored keys
	 */
	public StoredProviderKeySource(ProviderKeyService keys) {
		this.keys = keys;
	}

	@Override
	public Mono<ProviderKey> find(Lookup lookup) {
		KeyContext caller = lookup.key();
		if (caller == null) {
			return Mono.empty();
		}
		Provider provider = lookup.provider();
		Mono<ProviderKey> key = this.keys.use(caller.key().account(), provider.name());
		return provider.isKeyRequired() ? key.onErrorMap((ex) -> translate(ex, provider))
				: key.onErrorResume((ex) -> goOnWithout(ex, provider));
	}

	private static Mono<ProviderKey> goOnWithout(Throwable ex, Provider provider) {
		logger.debug("The stored key for '{}' cannot be had; it needs none", provider.name(), ex);
		return Mono.empty();
	}

	private static Throwable translate(Throwable ex, Provider provider) {
		if (ex instanceof KeyStoreUnavailableException) {
			return ApiException.unavailable("key_store_unavailable",
					"Stored provider keys cannot be looked up at the moment. Try again, or send a key with the request",
					ex);
		}
		return (ex instanceof UndecryptableSecretException) ? undecryptable(provider, ex) : ex;
	}

	/**
	 * The answer to the use of a key that does not decrypt. Trying again does not help.
	 * @param provider the provider that it is for
	 * @param cause why it does not decrypt
	 * @return an error of status 500
	 */
	public static ApiException undecryptable(Provider provider, Throwable cause) {
		return new ApiException(new ApiError(HttpStatus.INTERNAL_SERVER_ERROR, "provider_key_undecryptable",
				"The stored key for '" + provider.name() + "' cannot be decrypted with the encryption keys of this "
						+ "deployment. Store it again, or have the operator bring the encryption key back",
				null), null, cause);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
