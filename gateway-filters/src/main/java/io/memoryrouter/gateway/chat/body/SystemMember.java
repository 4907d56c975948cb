package io.memoryrouter.gateway.chat.body;

import java.util.List;

import io.memoryrouter.gateway.chat.json.JsonSpan;
import org.jspecify.annotations.Nullable;

/**
 * Instructions in a member of the body, as a string or as blocks of text. Where there are
 * none the member is added.
 *
 * @param body the body
 * @param name the member's name
 * @param value the member's value, or {@code null} if there is no such member
 * @param root the body's own members
 */
public record SystemMember(byte[] body, String name, @Nullable JsonSpan value,
		ScannedRoot root) implements SystemInstructions {

	@Override
	public @Nullable Edit append(BlockInsertion block) {
		return (this.value != null) ? block.append(content(this.value)) : newMember(block);
	}

	@Override
	public @Nullable Edit prepend(BlockInsertion block) {
		return (this.value != null) ? block.prepend(content(this.value)) : newMember(block);
	}

	private ScannedMessage content(JsonSpan span) {
		byte first = this.body[span.start()];
		return new ScannedMessage(this.body, this.name, null, true, (first == '"') ? List.of(span) : List.of(),
				(first == '[') ? span : null, -1);
	}

	private Edit newMember(BlockInsertion block) {
		return this.root.withFirstMember("\"" + this.name + "\":\"", block.block(), "\"");
	}

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "SystemMember[name=" + this.name + ", " + ((this.value != null) ? this.value.length() : 0) + " bytes]";
	}

}
