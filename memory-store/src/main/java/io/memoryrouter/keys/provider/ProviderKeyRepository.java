package io.memoryrouter.keys.provider;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where encrypted provider keys are kept, one for an account and a provider. No call
 * blocks its caller; a repository that cannot be reached is a
 * {@link io.memoryrouter.keys.KeyStoreUnavailableException} error.
 */
public interface ProviderKeyRepository {

	/**
	 * Adds a key, or puts it in the place of the one that was there.
	 * @param key the key
	 * @return completion, when it is durable
	 */
	Mono<Void> put(SealedProviderKey key);

	/**
	 * Looks a key up.
	 * @param account the account
	 * @param provider the provider
	 * @return the key; empty if there is none
	 */
	Mono<SealedProviderKey> find(String account, String provider);

	/**
	 * All keys of an account.
	 * @param account the account
	 * @return the keys, by provider
	 */
	Flux<SealedProviderKey> findAll(String account);

	/**
	 * Deletes a key.
	 * @param account the account
	 * @param provider the provider
	 * @return whether there was one, when that is durable
	 */
	Mono<Boolean> delete(String account, String provider);

	/**
	 * Keys of all accounts that another encryption key decrypts.
	 * @param encryptionKeyId the key that does not
	 * @param after the last one that is known already, or {@code null} to begin
	 * @param limit how many at most
	 * @return the keys, by account and provider
	 */
	Flux<SealedProviderKey> findOthers(String encryptionKeyId, @Nullable SealedProviderKey after, int limit);

	/**
	 * Puts a key in the place of another, if that is still there as it was.
	 * @param old what was there
	 * @param replacement the same key, encrypted anew
	 * @return whether it was replaced
	 */
	Mono<Boolean> replace(SealedProviderKey old, SealedProviderKey replacement);

	/**
	 * How many keys each encryption key decrypts.
	 * @return the number by the encryption key's id; keys of which there are none are
	 * left out
	 */
	Mono<Map<String, Long>> countByEncryptionKey();

}
