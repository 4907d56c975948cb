package io.memoryrouter.keys.provider;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The providers' keys that accounts have stored. They are written and used, and never
 * read back. Where keys cannot be reached, the error of any call is a
 * {@link io.memoryrouter.keys.KeyStoreUnavailableException}.
 */
public interface ProviderKeyService {

	/**
	 * Stores a key, in the place of the one that was there.
	 * @param account the account
	 * @param provider the provider's name
	 * @param key the key
	 * @return what may be said of it, when it is durable. A
	 * {@link io.memoryrouter.keys.encryption.MissingEncryptionKeysException} error if the
	 * deployment has no encryption key
	 */
	Mono<StoredProviderKey> put(String account, String provider, ProviderKey key);

	/**
	 * Says whether there is a key.
	 * @param account the account
	 * @param provider the provider's name
	 * @return what may be said of it; empty if there is none
	 */
	Mono<StoredProviderKey> describe(String account, String provider);

	/**
	 * Lists the keys of an account.
	 * @param account the account
	 * @return what may be said of each, by provider
	 */
	Flux<StoredProviderKey> list(String account);

	/**
	 * Deletes a key.
	 * @param account the account
	 * @param provider the provider's name
	 * @return whether there was one, when that is durable
	 */
	Mono<Boolean> delete(String account, String provider);

	/**
	 * Takes a key for a call to its provider, from a cache where it was used shortly
	 * before. What another process changed is seen as soon as this one hears of it, and
	 * within half a minute if it does not, or when keys can be reached again: while they
	 * cannot, what was found in the last five minutes holds.
	 * @param account the account
	 * @param provider the provider's name
	 * @return the key; empty if there is none. An
	 * {@link io.memoryrouter.keys.encryption.UndecryptableSecretException} error if it
	 * cannot be decrypted
	 */
	Mono<ProviderKey> use(String account, String provider);

}
