package io.memoryrouter.gateway.context;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that the earlier messages of a conversation were given, and what its
 * question will be known by.
 *
 * @param blocks what each message carried, by its place in the request
 * @param question what to note the question's block by, or {@code null} if it is not to
 * be noted
 * @param era when this was looked up
 */
record EarlierBlocks(Map<Integer, Recollection> blocks, RecollectionCache.@Nullable Key question, long era) {

	/** Nothing is known and nothing is to be noted. */
	static final EarlierBlocks NONE = new EarlierBlocks(Map.of(), null, 0);

	/**
	 * The memories that the request carries in these blocks.
	 * @return what tells them
	 */
	Predicate<Memory> memories() {
		if (this.blocks.isEmpty()) {
			return (memory) -> false;
		}
		Set<List<String>> carried = this.blocks.values()
			.stream()
			.flatMap((block) -> block.memories().stream())
			.map((recalled) -> identity(recalled.memory()))
			.collect(Collectors.toSet());
		return (memory) -> carried.contains(identity(memory));
	}

	private static List<String> identity(Memory memory) {
		return List.of(memory.vault().value(), memory.id());
	}

	/**
	 * The changes that put the blocks in again.
	 * @param request the request
	 * @param placement where in a message
	 * @return the changes
	 */
	Stream<Edit> edits(ChatRequest request, Placement placement) {
		return this.blocks.entrySet()
			.stream()
			.map((entry) -> request.withBlock(Objects.requireNonNull(entry.getValue().block()), placement,
					entry.getKey()))
			.filter(Objects::nonNull);
	}

	/**
	 * The size of the blocks.
	 * @return the sum of the sizes of their memories, in tokens
	 */
	int tokens() {
		return this.blocks.values().stream().mapToInt(Recollection::tokens).sum();
	}

}
