package io.memoryrouter.gateway.chat.body;

import org.jspecify.annotations.Nullable;

/**
 * Where a request has its system instructions. One that has none gets some.
 */
public interface SystemInstructions {

	/**
	 * The edit that puts a block at the end of the instructions.
	 * @param block the block
	 * @return the edit, or {@code null} if they can hold no text
	 */
	@Nullable Edit append(BlockInsertion block);

	/**
	 * The edit that puts a block at the beginning of the instructions.
	 * @param block the block
	 * @return the edit, or {@code null} if they can hold no text
	 */
	@Nullable Edit prepend(BlockInsertion block);

}
