package io.memoryrouter.gateway.chat.body;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.memoryrouter.gateway.chat.json.JsonCursor;

/**
 * Scans a request that is this product's own: {@code messages} as chat APIs write them,
 * and fields. It goes to no provider, so nothing is to be changed in it. Parts of text
 * are understood in the form of each API, and so are the results of tools that stand in a
 * user's message.
 */
public final class MemoryRequestScanner extends RequestScanner {

	private static final MessageForm FORM = new MessageForm("messages", "content",
			Set.of("text", "input_text", "output_text"), Set.of("tool_result"), null);

	private static final TextPart PART = new TextPart("{\"type\":\"text\",\"text\":\"", true);

	private List<ScannedMessage> messages = List.of();

	private MemoryRequestScanner(byte[] body, JsonCursor cursor, Predicate<String> field) {
		super(body, cursor, field);
	}

	/**
	 * Scans a body.
	 * @param body the body; kept, not copied
	 * @param fields the members that are wanted in {@link ChatRequest#controls()} beside
	 * those that stand there anyway
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	public static ChatRequest scan(byte[] body, Set<String> fields) {
		Predicate<String> field = (name) -> fields.contains(name) || ChatRequest.isControl(name);
		return scan(body, (bytes, cursor) -> new MemoryRequestScanner(bytes, cursor, field));
	}

	@Override
	protected String requiredMember() {
		return FORM.list();
	}

	@Override
	protected void member(String name) {
		switch (name) {
			case "model" -> model();
			case "messages" -> this.messages = messages(FORM);
			default -> cursor().value();
		}
	}

	@Override
	protected ChatRequest toRequest() {
		if (this.messages.isEmpty()) {
			throw new InvalidChatRequestException("'messages' has to be an array of at least one message", "messages");
		}
		return new ScannedRequest(root(), List.copyOf(this.messages), lastQuestion(this.messages), PART,
				SystemInstructions.NONE);
	}

}
