package io.memoryrouter.gateway.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * What a request contributes to its exchange: all but the answer. Made when the answer
 * begins, it holds the few texts that are stored and not the request.
 *
 * @param vault the vault that it goes to
 * @param session the conversation, or {@code null}
 * @param createdAt when it was said
 * @param precededBy the fingerprint of what was said before
 * @param userTurn the user's message, or {@code null} if it is not stored
 * @param storesAnswer whether the answer is stored
 */
record ExchangeDraft(VaultId vault, @Nullable SessionId session, Instant createdAt, String precededBy,
		Exchange.@Nullable Turn userTurn, boolean storesAnswer) {

	/**
	 * Drafts the exchange of a request.
	 * @param call the request
	 * @param key whose memory it goes to
	 * @return the draft
	 */
	static ExchangeDraft of(ChatCall call, KeyContext key) {
		return new ExchangeDraft(key.key().vault(), call.controls().session(), call.receivedAt(), fingerprint(call),
				userTurn(call), call.plan().storesAnswer());
	}

	/**
	 * The fingerprint of what was said before. The system's instructions are left out:
	 * many hold the time of day, and would make every step of a tool loop an exchange of
	 * its own. A message that is not stored itself tells its answers apart.
	 */
	private static String fingerprint(ChatCall call) {
		Stream<ChatMessage> before = call.history().stream();
		ChatMessage message = call.userMessage();
		if (!call.plan().storesMessage() && message != null) {
			before = Stream.concat(before, Stream.of(message));
		}
		return MemoryIds
			.fingerprint(before.flatMap((said) -> Stream.of(said.role(), said.text())).toArray(String[]::new));
	}

	private static Exchange.@Nullable Turn userTurn(ChatCall call) {
		ChatMessage message = call.userMessage();
		if (message == null || !call.plan().storesMessage()) {
			return null;
		}
		return turn(Role.USER, message.name(), message.text(), false);
	}

	private static Exchange.@Nullable Turn turn(Role role, @Nullable String speaker, String text, boolean partial) {
		String said = MemoryBlock.strip(text);
		return said.isBlank() ? null : new Exchange.Turn(role, speaker, said, partial);
	}

	/**
	 * Completes the exchange with its answer.
	 * @param answer the answer
	 * @param cut whether it was cut off
	 * @return the exchange, or {@code null} if nothing of it is stored
	 */
	@Nullable Exchange answeredBy(AnswerReader.Answer answer, boolean cut) {
		boolean partial = cut || !answer.complete() || answer.truncated();
		return exchange(this.storesAnswer ? turn(Role.ASSISTANT, null, answer.text(), partial) : null);
	}

	/**
	 * The exchange of a question that got no answer.
	 * @return the exchange, or {@code null} if nothing of it is stored
	 */
	@Nullable Exchange unanswered() {
		return exchange(null);
	}

	private @Nullable Exchange exchange(Exchange.@Nullable Turn answer) {
		List<Exchange.Turn> turns = new ArrayList<>(2);
		if (this.userTurn != null) {
			turns.add(this.userTurn);
		}
		if (answer != null) {
			turns.add(answer);
		}
		return turns.isEmpty() ? null : new Exchange(this.vault, this.session, this.createdAt, this.precededBy, turns);
	}

}
