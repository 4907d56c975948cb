package io.memoryrouter.gateway.chat.body;

import org.jspecify.annotations.Nullable;

/**
 * A message of a request.
 */
public interface ChatMessage {

	/**
	 * Who says it, as the request has it: {@code user}, {@code assistant},
	 * {@code system}, {@code tool}, …
	 * @return the role, or an empty text if it is no message: where tools' calls and
	 * their results stand beside the messages, nobody says them
	 */
	String role();

	/**
	 * The name of who says it.
	 * @return the {@code name} field, or {@code null}
	 */
	@Nullable String name();

	/**
	 * Whether it may be used as a query and stored: {@code false} if it carries
	 * {@code "memory": false}.
	 * @return whether it is open to memory
	 */
	boolean remembered();

	/**
	 * The text of the message: its text parts, joined by line feeds; images and other
	 * parts left out. Decoded at each call.
	 * @return the text, perhaps empty
	 */
	String text();

	/**
	 * The size of the text as it stands in the body, in bytes: an upper bound of its
	 * UTF-8 length, known without decoding it.
	 * @return the bytes
	 */
	int textBytes();

}
