package io.memoryrouter.memory;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A durable log of memories for each vault.
 * <p>
 * What a store promises (held by {@code io.memoryrouter.memory.tck.MemoryStoreContract}):
 * <ul>
 * <li><b>Isolation</b>: a call sees and changes the vault that it names, and no
 * other.</li>
 * <li><b>Durability</b>: when {@link #append}, {@link #embed}, {@link #replaceText},
 * {@link #delete} or {@link #erase} complete, what they did survives a crash.</li>
 * <li><b>Read-your-writes</b>: any call that is made afterwards, from any process, sees
 * it.</li>
 * <li><b>Idempotency</b>: a memory whose id is in the vault already is left as it
 * is.</li>
 * <li><b>Order</b>: {@link #changes} comes in the order of positions; a vault's positions
 * and sequences only grow.</li>
 * </ul>
 * Errors are {@link MemoryStoreException}s. No call blocks its caller.
 */
public interface MemoryStore {

	/**
	 * Stores memories, all or none.
	 * @param vault the vault
	 * @param memories the memories, of this vault; at most 10,000
	 * @return the ids that were not there before, in order. A
	 * {@link MemoryStoreException.Overloaded} error means that nothing was stored because
	 * too much is waiting already
	 */
	Mono<List<String>> append(VaultId vault, List<Memory> memories);

	/**
	 * Reads the log of a vault. The log is compacted: it holds the last change of each
	 * memory that there is. Deletions are told to those who ask from a position after
	 * their start ({@code after > 0}), and to others as far as the store likes.
	 * @param vault the vault
	 * @param after the position to start behind; 0 for all
	 * @return the changes, in order; finite
	 */
	Flux<Change> changes(VaultId vault, long after);

	/**
	 * Reads memories by id.
	 * @param vault the vault
	 * @param ids the ids; at most 1,000
	 * @return those that exist, in no particular order
	 */
	Flux<Memory> find(VaultId vault, Collection<String> ids);

	/**
	 * Lists memories, newest first (by time, then by order of arrival).
	 * @param vault the vault
	 * @param filter which ones
	 * @param cursor where to go on: the {@link MemoryPage#nextCursor()} of the page
	 * before, or {@code null} for the first page. A page is not disturbed by what is
	 * stored or deleted meanwhile: nothing that stays is listed twice or passed over
	 * @param limit the greatest number of memories, 1 to 1,000
	 * @return the page; an {@link IllegalArgumentException} error if the cursor is none
	 * of this vault and this filter, unaltered
	 */
	Mono<MemoryPage> list(VaultId vault, MemoryFilter filter, @Nullable String cursor, int limit);

	/**
	 * Reads all memories, oldest first (by time, then by order of arrival), as they are
	 * asked for. Of what is stored, changed or deleted meanwhile, some may be there and
	 * some not; what stays as it is comes once.
	 * @param vault the vault
	 * @return the memories; finite
	 */
	Flux<Memory> readAll(VaultId vault);

	/**
	 * Changes the text of a memory. Its vector is dropped and made anew. No trace of the
	 * old text remains in the store's files when this completes.
	 * @param vault the vault
	 * @param id the memory's id
	 * @param text the new text; not blank
	 * @return the memory as it is now, or empty if the vault has none of this id
	 */
	Mono<Memory> replaceText(VaultId vault, String id, String text);

	/**
	 * Deletes one memory: no trace of its text remains in the store's files when this
	 * completes.
	 * @param vault the vault
	 * @param id the memory's id
	 * @return whether there was one
	 */
	Mono<Boolean> delete(VaultId vault, String id);

	/**
	 * Erases a vault, or one session of it: no trace of the texts remains in the store's
	 * files when this completes.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return what was deleted and, from a second look, what remains
	 */
	Mono<Erasure> erase(VaultId vault, @Nullable SessionId session);

	/**
	 * Counts.
	 * @param vault the vault
	 * @return the counts
	 */
	Mono<VaultStats> stats(VaultId vault);

	/**
	 * The memories, of any vault, that have no vector of a model yet: first those that
	 * have none at all, then those that have one of another model; of each, what arrived
	 * first comes first. This is the work list of the ingest pipeline: it is empty when
	 * all is done.
	 * @param model the id of the model
	 * @param limit the greatest number of memories, 1 to 1,000
	 * @return the memories, each with the one said before it
	 */
	Flux<PendingEmbedding> pending(String model, int limit);

	/**
	 * Adds vectors to memories of one vault. Memories that are gone, or whose text is no
	 * longer the one that was embedded, are passed over.
	 * @param vault the vault
	 * @param embeddings the vector by what was embedded
	 * @return completion
	 */
	Mono<Void> embed(VaultId vault, Map<Memory, Embedding> embeddings);

	/**
	 * A memory that waits for its vector.
	 *
	 * @param memory the memory
	 * @param previous what was said just before it (by time, then by order of arrival) in
	 * the same session, or {@code null} if nothing was, or it is in no session
	 */
	record PendingEmbedding(Memory memory, @Nullable Memory previous) {

	}

}
