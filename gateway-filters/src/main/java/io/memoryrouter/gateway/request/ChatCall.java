package io.memoryrouter.gateway.request;

import java.time.Instant;
import java.util.List;

import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.support.ExchangeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * A request to an endpoint that has memory, read once. It stays on the exchange until the
 * response begins, so that filters which send a request again find it there.
 *
 * @param dialect the dialect
 * @param request what it says
 * @param controls what it asks of memory
 * @param plan what memory does for it
 * @param key whose memory it may use, or {@code null} if it goes without
 * @param receivedAt when it came
 */
public record ChatCall(Dialect dialect, ChatRequest request, MemoryControls controls, MemoryPlan plan,
		@Nullable KeyContext key, Instant receivedAt) {

	/** Where it stands on the exchange. */
	public static final ExchangeAttribute<ChatCall> ATTRIBUTE = ExchangeAttribute.of(ChatCall.class);

	/**
	 * The same with other controls.
	 * @param others the controls
	 * @return the call
	 */
	public ChatCall withControls(MemoryControls others) {
		return new ChatCall(this.dialect, this.request, others, this.plan, this.key, this.receivedAt);
	}

	/**
	 * The same with another plan.
	 * @param other the plan
	 * @return the call
	 */
	public ChatCall withPlan(MemoryPlan other) {
		return new ChatCall(this.dialect, this.request, this.controls, other, this.key, this.receivedAt);
	}

	/**
	 * The message that is the question and is stored.
	 * @return the last user message, or {@code null} if there is none
	 */
	public @Nullable ChatMessage userMessage() {
		int index = this.request.lastUserMessage();
		return (index >= 0) ? this.request.messages().get(index) : null;
	}

	/**
	 * What was said before the user's message.
	 * @return the messages, without the system's
	 */
	public List<ChatMessage> history() {
		int end = Math.max(0, this.request.lastUserMessage());
		return this.request.messages()
			.subList(0, end)
			.stream()
			.filter((message) -> message.role().equals("user") || message.role().equals("assistant"))
			.toList();
	}

}
