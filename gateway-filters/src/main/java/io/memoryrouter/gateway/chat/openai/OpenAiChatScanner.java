package io.memoryrouter.gateway.chat.openai;

import java.util.List;
import java.util.Set;

import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.chat.body.MessageForm;
import io.memoryrouter.gateway.chat.body.RequestScanner;
import io.memoryrouter.gateway.chat.body.ScannedMessage;
import io.memoryrouter.gateway.chat.body.ScannedRequest;
import io.memoryrouter.gateway.chat.body.TextPart;
import io.memoryrouter.gateway.chat.json.JsonCursor;

/**
 * Scans a request of OpenAI Chat Completions.
 */
public final class OpenAiChatScanner extends RequestScanner {

	private static final MessageForm FORM = new MessageForm("messages", "content", Set.of("text"), Set.of(), null);

	private static final TextPart PART = new TextPart("{\"type\":\"text\",\"text\":\"", true);

	private List<ScannedMessage> messages = List.of();

	private int firstMessage;

	private OpenAiChatScanner(byte[] body, JsonCursor cursor) {
		super(body, cursor);
	}

	/**
	 * Scans a body.
	 * @param body the body; kept, not copied
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	public static ChatRequest scan(byte[] body) {
		return scan(body, OpenAiChatScanner::new);
	}

	@Override
	protected String requiredMember() {
		return FORM.list();
	}

	@Override
	protected void member(String name) {
		switch (name) {
			case "model" -> model();
			case "stream" -> stream();
			case "messages" -> {
				this.firstMessage = cursor().start() + 1;
				this.messages = messages(FORM);
			}
			default -> cursor().value();
		}
	}

	@Override
	protected ChatRequest toRequest() {
		if (this.messages.isEmpty()) {
			throw new InvalidChatRequestException("'messages' has to be an array of at least one message", "messages");
		}
		List<ScannedMessage> messages = List.copyOf(this.messages);
		return new ScannedRequest(root(), messages, lastQuestion(messages), PART,
				new SystemMessages(messages, this.firstMessage));
	}

}
