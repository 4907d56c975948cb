package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;

/**
 * A request of OpenAI Chat Completions.
 *
 * @param body the body as it came
 * @param firstMember the offset behind the brace that opens the body
 * @param model the model, with its prefix
 * @param modelValues where the values of {@code model} lie: one, unless a client repeats
 * the member
 * @param stream whether the answer is to be a stream
 * @param scannedMessages the messages
 * @param firstMessage the offset behind the bracket that opens the messages
 * @param controls this product's fields
 * @param withoutControls the edits that take them out
 */
record OpenAiChatRequest(byte[] body, int firstMember, @Nullable String model, List<JsonSpan> modelValues,
		boolean stream, List<ScannedMessage> scannedMessages, int firstMessage, Map<String, String> controls,
		List<Edit> withoutControls) implements ChatRequest {

	private static final Set<String> SYSTEM_ROLES = Set.of("system", "developer");

	@Override
	public List<ChatMessage> messages() {
		return List.copyOf(this.scannedMessages);
	}

	@Override
	public int lastUserMessage() {
		return last(Set.of("user"));
	}

	@Override
	public List<Edit> withModel(String model) {
		byte[] text = JsonStrings.encode(model);
		if (this.modelValues.isEmpty()) {
			return List.of(new Edit(this.firstMember, 0, concat("\"model\":\"", text, "\",")));
		}
		byte[] literal = concat("\"", text, "\"");
		return this.modelValues.stream().map((value) -> new Edit(value.start(), value.length(), literal)).toList();
	}

	@Override
	public @Nullable Edit withBlock(String block, Placement placement) {
		BlockInsertion insertion = new BlockInsertion(block, "{\"type\":\"text\",\"text\":\"", "\"}");
		return switch (placement) {
			case USER_SUFFIX -> inUserMessage(insertion, true);
			case USER_PREFIX -> inUserMessage(insertion, false);
			case SYSTEM_APPEND -> inSystemMessage(insertion, last(SYSTEM_ROLES), true);
			case SYSTEM_PREPEND -> inSystemMessage(insertion, first(SYSTEM_ROLES), false);
		};
	}

	private @Nullable Edit inUserMessage(BlockInsertion insertion, boolean append) {
		int index = lastUserMessage();
		return (index >= 0) ? in(this.scannedMessages.get(index), insertion, append) : null;
	}

	private @Nullable Edit inSystemMessage(BlockInsertion insertion, int index, boolean append) {
		if (index >= 0) {
			return in(this.scannedMessages.get(index), insertion, append);
		}
		byte[] text = JsonStrings.encode(insertion.block());
		return new Edit(this.firstMessage, 0, concat("{\"role\":\"system\",\"content\":\"", text, "\"},"));
	}

	private static @Nullable Edit in(ScannedMessage message, BlockInsertion insertion, boolean append) {
		return append ? insertion.append(message) : insertion.prepend(message);
	}

	private int first(Set<String> roles) {
		return indexes(roles).findFirst().orElse(-1);
	}

	private int last(Set<String> roles) {
		return indexes(roles).max().orElse(-1);
	}

	private IntStream indexes(Set<String> roles) {
		return IntStream.range(0, this.scannedMessages.size())
			.filter((index) -> roles.contains(this.scannedMessages.get(index).role()));
	}

	private static byte[] concat(String before, byte[] text, String after) {
		byte[] result = new byte[before.length() + text.length + after.length()];
		System.arraycopy(before.getBytes(StandardCharsets.US_ASCII), 0, result, 0, before.length());
		System.arraycopy(text, 0, result, before.length(), text.length);
		System.arraycopy(after.getBytes(StandardCharsets.US_ASCII), 0, result, before.length() + text.length,
				after.length());
		return result;
	}

	/** Says nothing of what the messages hold. */
	@Override
	public String toString() {
		return "OpenAiChatRequest[model=" + this.model + ", messages=" + this.scannedMessages.size() + ", bytes="
				+ this.body.length + "]";
	}

}
