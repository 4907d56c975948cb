package io.memoryrouter.gateway.chat.gemini;

import io.memoryrouter.gateway.chat.body.BlockInsertion;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.ScannedMessage;
import io.memoryrouter.gateway.chat.body.ScannedRoot;
import io.memoryrouter.gateway.chat.body.SystemInstructions;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import org.jspecify.annotations.Nullable;

/**
 * Instructions as a content of their own, the member {@code systemInstruction}. Where
 * there are none the member is added.
 *
 * @param root the body's own members
 * @param value where the member's value lies, or {@code null} if there is no such member
 * @param content the value, or {@code null} if it is no content
 */
record SystemInstruction(ScannedRoot root, @Nullable JsonSpan value,
		@Nullable ScannedMessage content) implements SystemInstructions {

	private static final String START = "{\"parts\":[{\"text\":\"";

	private static final String END = "\"}]}";

	@Override
	public @Nullable Edit append(BlockInsertion block) {
		return (this.content != null) ? block.append(this.content) : newContent(block);
	}

	@Override
	public @Nullable Edit prepend(BlockInsertion block) {
		return (this.content != null) ? block.prepend(this.content) : newContent(block);
	}

	private @Nullable Edit newContent(BlockInsertion block) {
		if (this.value == null) {
			return this.root.withFirstMember("\"systemInstruction\":" + START, block.block(), END);
		}
		boolean none = this.root.body()[this.value.start()] == 'n';
		return none ? ScannedRoot.replace(this.value, START, block.block(), END) : null;
	}

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "SystemInstruction[" + ((this.value != null) ? this.value.length() : 0) + " bytes]";
	}

}
