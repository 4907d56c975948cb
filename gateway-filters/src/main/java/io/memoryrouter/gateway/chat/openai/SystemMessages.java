package io.memoryrouter.gateway.chat.openai;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.memoryrouter.gateway.chat.body.BlockInsertion;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.ScannedMessage;
import io.memoryrouter.gateway.chat.body.ScannedRoot;
import io.memoryrouter.gateway.chat.body.SystemInstructions;
import org.jspecify.annotations.Nullable;

/**
 * System instructions that are messages among the others. Where there are none they
 * become the first message.
 *
 * @param messages the messages
 * @param firstMessage the offset behind the bracket that opens them
 */
record SystemMessages(List<ScannedMessage> messages, int firstMessage) implements SystemInstructions {

	private static final Set<String> ROLES = Set.of("system", "developer");

	@Override
	public @Nullable Edit append(BlockInsertion block) {
		int last = indexes().max().orElse(-1);
		return (last >= 0) ? block.append(this.messages.get(last)) : newMessage(block);
	}

	@Override
	public @Nullable Edit prepend(BlockInsertion block) {
		int first = indexes().findFirst().orElse(-1);
		return (first >= 0) ? block.prepend(this.messages.get(first)) : newMessage(block);
	}

	private Edit newMessage(BlockInsertion block) {
		return ScannedRoot.insert(this.firstMessage, "{\"role\":\"system\",\"content\":\"", block.block(), "\"},");
	}

	private IntStream indexes() {
		return IntStream.range(0, this.messages.size())
			.filter((index) -> ROLES.contains(this.messages.get(index).role()));
	}

}
