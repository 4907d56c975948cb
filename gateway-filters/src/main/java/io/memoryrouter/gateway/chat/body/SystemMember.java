package io.memoryrouter.gateway.chat.body;

import java.util.List;

import io.memoryrouter.gateway.chat.json.JsonSpan;
import org.jspecify.annotations.Nullable;

/**
 * Instructions in a member of the body, as a string or as blocks of text. Where there is
 * no such member it is added; where it is {@code null} it gets a value, since of two
 * members of one name a provider reads the last.
 *
 * @param body the body
 * @param name the member's name
 * @param value where the member's value lies, or {@code null} if there is no such member
 * @param root the body's own members
 */
public record SystemMember(byte[] body, String name, @Nullable JsonSpan value,
		ScannedRoot root) implements SystemInstructions {

	@Override
	public @Nullable Edit append(BlockInsertion block) {
		ScannedMessage content = content();
		return (content != null) ? block.append(content) : newContent(block);
	}

	@Override
	public @Nullable Edit prepend(BlockInsertion block) {
		ScannedMessage content = content();
		return (content != null) ? block.prepend(content) : newContent(block);
	}

	private @Nullable ScannedMessage content() {
		if (this.value == null) {
			return null;
		}
		return switch (this.body[this.value.start()]) {
			case 'n' -> null;
			case '"' -> content(List.of(this.value), null);
			case '[' -> content(List.of(), this.value);
			default -> content(List.of(), null);
		};
	}

	private ScannedMessage content(List<JsonSpan> texts, @Nullable JsonSpan parts) {
		return new ScannedMessage(this.body, this.name, null, true, texts, parts, -1);
	}

	private Edit newContent(BlockInsertion block) {
		if (this.value != null) {
			return ScannedRoot.replace(this.value, "\"", block.block(), "\"");
		}
		return this.root.withFirstMember("\"" + this.name + "\":\"", block.block(), "\"");
	}

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "SystemMember[name=" + this.name + ", " + ((this.value != null) ? this.value.length() : 0) + " bytes]";
	}

}
