package io.memoryrouter.memory.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * What memory did for one request. It holds no key, and texts only if the request asked
 * for them.
 *
 * @param id names the receipt; nobody can guess it
 * @param createdAt when the request was handled
 * @param vault the vault that the request belongs to
 * @param session the conversation of the request, or {@code null}
 * @param request what was asked, of whom
 * @param outcome what became of memory, as {@code X-Memory-Outcome} says it
 * @param memories what was found, best first
 * @param tokens the size of their texts, in tokens
 * @param tokensInjected the size of all memories that were put into the request, those of
 * earlier messages included, in tokens
 * @param block the text that carried the memories, or would have in a dry run;
 * {@code null} unless texts were asked for and something was found
 * @param timing how long it took
 */
public record Receipt(String id, Instant createdAt, VaultId vault, @Nullable SessionId session, Request request,
		String outcome, List<Item> memories, int tokens, int tokensInjected, @Nullable String block, Timing timing) {

	/**
	 * Whether this receipt has something of a vault, or of one session of it: it is the
	 * receipt of a request of that session, or tells of memories from there.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return whether an erasure of these has to take the receipt along
	 */
	public boolean isOf(VaultId vault, @Nullable SessionId session) {
		return (this.vault.equals(vault) && (session == null || session.equals(this.session)))
				|| this.memories.stream().anyMatch((item) -> item.isOf(vault, session));
	}

	/** Says nothing of what was found. */
	@Override
	public String toString() {
		return "Receipt[outcome=" + this.outcome + ", memories=" + this.memories.size() + "]";
	}

	/**
	 * What was asked, of whom.
	 *
	 * @param mode the mode in force, as {@code X-Memory-Mode} says it
	 * @param dialect the name of the dialect
	 * @param provider the name of the provider, or {@code null} if the route has its own
	 * address
	 * @param model the model as the client named it, or {@code null}
	 */
	public record Request(String mode, String dialect, @Nullable String provider, @Nullable String model) {

	}

	/**
	 * A memory that was found.
	 *
	 * @param id its id
	 * @param vault the vault that it is from
	 * @param session the conversation that it is from, or {@code null}
	 * @param role who said it
	 * @param createdAt when it was said
	 * @param score how relevant it was: greater is better
	 * @param tokens the size of its text, in tokens
	 * @param text its text, or {@code null} unless texts were asked for
	 */
	public record Item(String id, VaultId vault, @Nullable SessionId session, Role role, Instant createdAt,
			double score, int tokens, @Nullable String text) {

		/**
		 * Makes an item.
		 * @param recalled what was found
		 * @param debug whether the item carries the text
		 * @return the item
		 */
		public static Item of(Recall.Recalled recalled, boolean debug) {
			Memory memory = recalled.memory();
			return new Item(memory.id(), memory.vault(), memory.session(), memory.role(), memory.createdAt(),
					recalled.score(), recalled.tokens(), debug ? memory.text() : null);
		}

		boolean isOf(VaultId vault, @Nullable SessionId session) {
			return this.vault.equals(vault) && (session == null || session.equals(this.session));
		}

		/** Says nothing of the text. */
		@Override
		public String toString() {
			return "Item[id=" + this.id + "]";
		}

	}

	/**
	 * How long it took.
	 *
	 * @param embedding the time that embedding the question took
	 * @param retrieval the time that the rest of the recall took
	 * @param overhead all the time before the provider was called
	 */
	public record Timing(Duration embedding, Duration retrieval, Duration overhead) {

	}

}
