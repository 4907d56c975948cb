package io.memoryrouter.gateway.chat.body;

import org.jspecify.annotations.Nullable;

/**
 * A body that cannot be read as a request of its dialect. The message is fit for the
 * caller's eyes.
 */
public final class InvalidChatRequestException extends RuntimeException {

	private final @Nullable String param;

	public InvalidChatRequestException(String message, @Nullable String param) {
		super(message);
		this.param = param;
	}

	/**
	 * The field that is meant.
	 * @return its path ({@code messages[2].content}), or {@code null} for the whole body
	 */
	public @Nullable String param() {
		return this.param;
	}

}
