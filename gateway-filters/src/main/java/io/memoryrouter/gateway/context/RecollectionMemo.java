package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.RecallQuery;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, for the length of a tool loop, what was recalled for a user's message. The steps
 * of a loop send the same message again with more turns behind it: it has to carry the
 * same block each time, or the provider's prompt cache is lost and the model sees facts
 * that shift. A message that is asked anew, with nothing behind it, is always recalled
 * for anew.
 */
final class RecollectionMemo {

	private static final Duration BETWEEN_STEPS = Duration.ofMinutes(10);

	private static final int MAX_BYTES = 8 * 1024 * 1024;

	private final RecollectionCache cache = new RecollectionCache(MAX_BYTES, BETWEEN_STEPS, Ticker.systemTicker());

	/**
	 * Finds what was recalled at an earlier step.
	 * @param call the request
	 * @param query its question
	 * @return what was recalled, or {@code null} if the request is no later step or
	 * nothing is known
	 */
	@Nullable Recollection find(ChatCall call, RecallQuery query) {
		boolean laterStep = call.request().lastUserMessage() < call.request().messages().size() - 1;
		Recollection known = laterStep ? this.cache.find(key(call, query)) : null;
		return (known != null) ? known.again() : null;
	}

	/**
	 * Keeps what was recalled, unless memory failed.
	 * @param call the request
	 * @param query its question
	 * @param recollection what was recalled
	 * @param recalledIn the era of {@link #cache()} when recalling began
	 */
	void keep(ChatCall call, RecallQuery query, Recollection recollection, long recalledIn) {
		if (!recollection.isFailure()) {
			this.cache.keep(key(call, query), recollection, recalledIn);
		}
	}

	RecollectionCache cache() {
		return this.cache;
	}

	/**
	 * The message, its place in the conversation, and the one before it: cheap, and
	 * enough in a vault. The system's instructions are left out, since many tell the
	 * time.
	 */
	private static RecollectionCache.Key key(ChatCall call, RecallQuery query) {
		List<ChatMessage> history = call.history();
		String before = history.isEmpty() ? "" : history.get(history.size() - 1).text();
		String fingerprint = MemoryIds.fingerprint(query.scope().name(), readVaults(call),
				String.valueOf(query.limit()), String.valueOf(query.maxTokens()), String.valueOf(history.size()),
				before, query.text());
		return new RecollectionCache.Key(query.vault(), query.session(), fingerprint);
	}

	/** A key that may search less is not to see what another found. */
	private static String readVaults(ChatCall call) {
		return (call.key() != null) ? call.key().key().readVaults().toString() : "";
	}

}
