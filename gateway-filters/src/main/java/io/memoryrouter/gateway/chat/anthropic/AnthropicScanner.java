package io.memoryrouter.gateway.chat.anthropic;

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

/**
 * Scans a request of Anthropic Messages.
 * <p>
 * A client marks blocks with {@code cache_control} to have the prompt cached up to their
 * end, and moves the marks on from request to request. So where there are blocks, nothing
 * that the client wrote is ever added to: the memories become a block of their own. What
 * the client has marked stays byte for byte the same, now and when the same message comes
 * back without a mark.
 */
public final class AnthropicScanner extends RequestScanner {

	private static final MessageForm FORM = new MessageForm("messages", "content", Set.of("text"),
			Set.of("tool_result"), null);

	private static final TextPart PART = new TextPart("{\"type\":\"text\",\"text\":\"", false);

	private final byte[] body;

	private List<ScannedMessage> messages = List.of();

	private @Nullable JsonSpan system;

	private AnthropicScanner(byte[] body, JsonCursor cursor) {
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
		return scan(body, AnthropicScanner::new);
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
			case "messages" -> this.messages = messages(FORM);
			case "system" -> this.system = cursor().value();
			default -> cursor().value();
		}
	}

	@Override
	protected ChatRequest toRequest() {
		if (this.messages.isEmpty()) {
			throw new InvalidChatRequestException("'messages' has to be an array of at least one message", "messages");
		}
		List<ScannedMessage> messages = this.messages.stream().map(SystemReminders::without).toList();
		return new ScannedRequest(root(), messages, lastQuestion(messages), PART,
				new SystemMember(this.body, "system", this.system, root()));
	}

}
