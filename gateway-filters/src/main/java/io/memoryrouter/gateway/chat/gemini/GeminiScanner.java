package io.memoryrouter.gateway.chat.gemini;

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
import io.memoryrouter.gateway.chat.json.JsonSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans a {@code GenerateContentRequest}. It is a protocol buffer in JSON: each name may
 * be in camel case or have underscores, and an object may stand for an array of that one,
 * as it does in examples that Google publishes.
 */
public final class GeminiScanner extends RequestScanner {

	private static final Set<String> TOOL_RESULTS = Set.of("functionResponse", "function_response", "toolResponse",
			"tool_response");

	private static final MessageForm FORM = new MessageForm("contents", "parts", Set.of(), TOOL_RESULTS, "user");

	private static final TextPart PART = new TextPart("{\"text\":\"", true);

	/** What the API calls an assistant. */
	private static final String MODEL = "model";

	private final GeminiPath path;

	private List<ScannedMessage> contents = List.of();

	private @Nullable ScannedMessage instruction;

	private @Nullable JsonSpan instructionValue;

	private boolean cached;

	private GeminiScanner(GeminiPath path, byte[] body, JsonCursor cursor) {
		super(body, cursor);
		this.path = path;
	}

	/**
	 * Scans a body.
	 * @param path what the path says
	 * @param body the body; kept, not copied
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	public static ChatRequest scan(GeminiPath path, byte[] body) {
		return scan(body, (bytes, cursor) -> new GeminiScanner(path, bytes, cursor));
	}

	@Override
	protected String requiredMember() {
		return FORM.list();
	}

	@Override
	protected void member(String name) {
		switch (name) {
			case "contents" -> this.contents = messages(FORM);
			case "systemInstruction", "system_instruction" -> instruction(name);
			case "cachedContent", "cached_content" -> this.cached = isNamed();
			default -> cursor().value();
		}
	}

	/**
	 * What is no object is the provider's to judge; {@code null} is as good as absent.
	 */
	private void instruction(String name) {
		int start = cursor().start();
		boolean object = cursor().at(JsonToken.START_OBJECT);
		this.instruction = object ? message(FORM, name) : null;
		this.instructionValue = object ? new JsonSpan(start, cursor().previousEnd()) : cursor().value();
	}

	private boolean isNamed() {
		boolean string = cursor().at(JsonToken.VALUE_STRING);
		return cursor().value().length() > "\"\"".length() && string;
	}

	@Override
	protected ChatRequest toRequest() {
		if (this.contents.isEmpty()) {
			throw new InvalidChatRequestException("'contents' has to be an array of at least one content", "contents");
		}
		List<ScannedMessage> messages = this.contents.stream().map(GeminiScanner::withRole).toList();
		SystemInstruction system = new SystemInstruction(root(), this.instructionValue, this.instruction);
		return new GeminiRequest(new ScannedRequest(root(), messages, lastQuestion(messages), PART, system), this.path,
				this.cached);
	}

	private static ScannedMessage withRole(ScannedMessage content) {
		String role = switch (content.role()) {
			case MODEL -> "assistant";
			case "" -> "user";
			default -> content.role();
		};
		return new ScannedMessage(content.body(), role, content.name(), content.remembered(), content.texts(),
				content.parts(), content.toolResultsEnd());
	}

}
