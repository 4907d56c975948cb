package io.memoryrouter.gateway.chat.responses;

import java.util.List;
import java.util.Set;

import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.chat.body.MessageForm;
import io.memoryrouter.gateway.chat.body.RequestScanner;
import io.memoryrouter.gateway.chat.body.ScannedMessage;
import io.memoryrouter.gateway.chat.body.ScannedRequest;
import io.memoryrouter.gateway.chat.body.SystemMember;
import io.memoryrouter.gateway.chat.body.TextPart;
import io.memoryrouter.gateway.chat.json.JsonCursor;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans a request of OpenAI Responses. Its input is a text, which the user says, or a
 * list of items: messages, and what tools and reasoning leave behind, which nobody says.
 * A request may go without input: the provider has it, or a template of it, already.
 */
public final class ResponsesScanner extends RequestScanner {

	private static final String INPUT = "input";

	/** An item without a type is a message too, but a reference if it has no role. */
	private static final MessageForm FORM = new MessageForm(INPUT, "content", Set.of("input_text", "output_text"),
			Set.of(), "", "message");

	private static final TextPart PART = new TextPart("{\"type\":\"input_text\",\"text\":\"", true);

	private final byte[] body;

	private List<ScannedMessage> messages = List.of();

	private @Nullable JsonSpan instructions;

	private ResponsesScanner(byte[] body, JsonCursor cursor) {
		super(body, cursor);
		this.body = body;
	}

	/**
	 * Scans a body.
	 * @param body the body; kept, not copied
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	public static ChatRequest scan(byte[] body) {
		return scan(body, ResponsesScanner::new);
	}

	@Override
	protected String requiredMember() {
		return INPUT;
	}

	@Override
	protected void member(String name) {
		switch (name) {
			case "model" -> model();
			case "stream" -> stream();
			case INPUT -> this.messages = input();
			case "instructions" -> this.instructions = cursor().value();
			default -> cursor().value();
		}
	}

	private List<ScannedMessage> input() {
		if (cursor().at(JsonToken.VALUE_NULL)) {
			cursor().value();
			return List.of();
		}
		if (cursor().at(JsonToken.VALUE_STRING)) {
			JsonSpan literal = cursor().value();
			return List.of(new ScannedMessage(this.body, "user", null, true, List.of(literal), null, -1));
		}
		if (!cursor().at(JsonToken.START_ARRAY)) {
			throw new InvalidChatRequestException("'input' has to be a string or an array of items", INPUT);
		}
		return messages(FORM);
	}

	@Override
	protected ChatRequest toRequest() {
		List<ScannedMessage> messages = List.copyOf(this.messages);
		return new ScannedRequest(root(), messages, lastQuestion(messages), PART,
				new SystemMember(this.body, "instructions", this.instructions, root()));
	}

}
