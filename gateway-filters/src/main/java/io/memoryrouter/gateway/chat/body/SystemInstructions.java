package io.memoryrouter.gateway.chat.body;

import org.jspecify.annotations.Nullable;

/**
 * Where a request has its system instructions. One that has none gets some.
 */
public interface SystemInstructions {

	/** There is no place for any. */
	SystemInstructions NONE = new SystemInstructions() {

		@Override
		public @Nullable Edit append(BlockInsertion block) {
			return null;
		}

		@Override
		public @Nullable Edit prepend(BlockInsertion block) {
			return null;
		}

	};

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
