package io.memoryrouter.memory;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A question to a vault.
 *
 * @param vault the vault to search
 * @param readVaults other vaults to search as well, a team's for instance; the session
 * and its scope are those of {@code vault}
 * @param text the question, usually the user's last message; may be blank, then nothing
 * is found
 * @param context what was said just before it, oldest first; may be empty. It counts for
 * less
 * @param session the conversation of the question, or {@code null}; its memories are
 * preferred
 * @param scope whether other sessions are searched as well
 * @param limit the greatest number of memories, 1 to 100
 * @param maxTokens the greatest size of the recalled texts, in tokens; positive
 * @param exclude memories that the caller has already and that are not to take anyone's
 * place
 * @param askedAt when it is asked
 */
public record RecallQuery(VaultId vault, List<VaultId> readVaults, String text, List<String> context,
		@Nullable SessionId session, Scope scope, int limit, int maxTokens, Predicate<Memory> exclude,
		Instant askedAt) {

	/** Where to search. */
	public enum Scope {

		/** In the whole vault. */
		VAULT,

		/** In the session of the question alone. Without a session, nothing is found. */
		SESSION

	}

}
