package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

	private static final Duration LENGTH_OF_A_LOOP = Duration.ofMinutes(10);

	private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

	private static final int CHARACTERS_PER_ENTRY = 200;

	private final Cache<String, Recollection> recollections = Caffeine.newBuilder()
		.expireAfterWrite(LENGTH_OF_A_LOOP)
		.maximumWeight(MAX_CHARACTERS)
		.weigher((String key, Recollection value) -> CHARACTERS_PER_ENTRY
				+ ((value.block() != null) ? value.block().length() : 0))
		.build();

	/**
	 * Finds what was recalled at an earlier step.
	 * @param call the request
	 * @param query its question
	 * @return what was recalled, or {@code null} if the request is no later step or
	 * nothing is known
	 */
	@Nullable Recollection find(ChatCall call, RecallQuery query) {
		boolean laterStep = call.request().lastUserMessage() < call.request().messages().size() - 1;
		return laterStep ? this.recollections.getIfPresent(key(call, query)) : null;
	}

	/**
	 * Keeps what was recalled, unless memory failed.
	 * @param call the request
	 * @param query its question
	 * @param recollection what was recalled
	 */
	void keep(ChatCall call, RecallQuery query, Recollection recollection) {
		if (!recollection.isFailure()) {
			this.recollections.put(key(call, query), recollection);
		}
	}

	/**
	 * The message, its place in the conversation, and the one before it: cheap, and
	 * enough in a vault. The system's instructions are left out, since many tell the
	 * time.
	 */
	private static String key(ChatCall call, RecallQuery query) {
		List<ChatMessage> history = call.history();
		String before = history.isEmpty() ? "" : history.get(history.size() - 1).text();
		String session = (query.session() != null) ? query.session().value() : "";
		return MemoryIds.fingerprint(query.vault().value(), session, query.scope().name(),
				String.valueOf(query.limit()), String.valueOf(history.size()), before, query.text());
	}

}
