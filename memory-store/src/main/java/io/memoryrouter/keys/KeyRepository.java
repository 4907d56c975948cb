package io.memoryrouter.keys;

import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where Memory Keys are kept, by their hash. No call blocks its caller; a repository that
 * cannot be reached is a {@link KeyStoreUnavailableException} error. What completes is
 * durable.
 */
public interface KeyRepository {

	/**
	 * Looks a key up.
	 * @param hash {@link MemoryKey#hash()}
	 * @return what is known of it, also when it is revoked or expired; empty if there is
	 * no such key
	 */
	Mono<KeyRecord> findByHash(String hash);

	/**
	 * Adds a key.
	 * @param key what is known of it
	 * @param hash {@link MemoryKey#hash()}
	 * @return completion. An {@link IllegalArgumentException} error if its vault belongs
	 * to another account, or one of those that it also reads is not its account's
	 */
	Mono<Void> create(KeyRecord key, String hash);

	/**
	 * Finds a key of an account.
	 * @param account the account
	 * @param id the key's id
	 * @return what is known of it; empty if the account has none of this id
	 */
	Mono<KeyRecord> find(String account, String id);

	/**
	 * Lists the keys of an account, newest first. A page is not disturbed by keys that
	 * come meanwhile.
	 * @param account the account
	 * @param cursor the {@link KeyPage#nextCursor()} of the page before, or {@code null}
	 * @param limit the greatest number of keys, 1 to 1,000
	 * @return the page; an {@link IllegalArgumentException} error if the cursor is none
	 * of this account
	 */
	Mono<KeyPage> list(String account, @Nullable String cursor, int limit);

	/**
	 * Changes a key in one step: nobody else's change is lost.
	 * @param account the account
	 * @param id the key's id
	 * @param change makes the new state of the old; does not block, and may be asked
	 * again. Id, account, vault and time of creation do not change. What it throws is the
	 * result's error, and nothing is changed
	 * @return the new state; empty if the account has none of this id. An
	 * {@link IllegalArgumentException} error as for {@link #create}
	 */
	Mono<KeyRecord> update(String account, String id, UnaryOperator<KeyRecord> change);

	/**
	 * Changes a key and adds its successor, both or neither.
	 * @param account the account
	 * @param id the key's id
	 * @param change makes both of the old state, as for {@link #update}
	 * @param hash {@link MemoryKey#hash()} of the successor
	 * @return both; empty if the account has none of this id
	 */
	Mono<Replacement> replace(String account, String id, Function<KeyRecord, Replacement> change, String hash);

	/**
	 * A key that another one takes the place of.
	 *
	 * @param old the new state of the old key
	 * @param successor the new key
	 */
	record Replacement(KeyRecord old, KeyRecord successor) {

	}

}
