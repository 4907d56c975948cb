package io.memoryrouter.gateway.context;

import java.util.List;
import java.util.function.Predicate;

import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.RecallQuery;
import org.jspecify.annotations.Nullable;

/**
 * Makes the question to a vault from a request: its last user message, if that may be
 * used, and the turns just before it.
 */
final class RecallQueries {

	private static final int CONTEXT_TURNS = 2;

	/**
	 * The greatest length of a question, in characters. Of a longer text the beginning
	 * and the end are asked: whoever pastes a document puts the question before or after
	 * it.
	 */
	private static final int MAX_LENGTH = 8_000;

	private RecallQueries() {
	}

	/**
	 * Makes the question.
	 * @param call the request
	 * @param key whose memory it may use
	 * @param settings how much is wanted
	 * @param carried what the request will carry beside what it says
	 * @return the question; its text is blank if there is nothing to ask
	 */
	static RecallQuery of(ChatCall call, KeyContext key, ContextSettings settings, Predicate<Memory> carried) {
		Integer limit = call.controls().limit();
		return new RecallQuery(key.key().vault(), key.key().readVaults(), text(call.userMessage()), context(call),
				call.controls().session(), call.controls().scope(), (limit != null) ? limit : settings.limit(),
				settings.maxTokens(), carried.or(new CarriedTexts(call.request().messages())), call.receivedAt());
	}

	private static List<String> context(ChatCall call) {
		List<ChatMessage> turns = call.history().stream().filter(ChatMessage::remembered).toList();
		return turns.subList(Math.max(0, turns.size() - CONTEXT_TURNS), turns.size())
			.stream()
			.map(RecallQueries::text)
			.filter((text) -> !text.isBlank())
			.toList();
	}

	private static String text(@Nullable ChatMessage message) {
		if (message == null || !message.remembered()) {
			return "";
		}
		String text = MemoryBlock.strip(message.text());
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		return text.substring(0, MAX_LENGTH / 2) + '\n' + text.substring(text.length() - MAX_LENGTH / 2);
	}

}
