package io.memoryrouter.gateway.chat.body;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came, scanned once: what memory needs to know of it, and where in its
 * bytes changes go. Nothing here changes the body; see {@link BodySplice}.
 */
public interface ChatRequest {

	/** What stands between a block and the text that it is added to: an empty line. */
	String BLOCK_SEPARATOR = "\n\n";

	/**
	 * The body as it came.
	 * @return the bytes, not a copy
	 */
	byte[] body();

	/**
	 * The model, with its prefix.
	 * @return the {@code model} field, or what the path names, or {@code null} if there
	 * is none
	 */
	@Nullable String model();

	/**
	 * Whether the answer is to be a stream.
	 * @return whether
	 */
	boolean stream();

	/**
	 * The messages, in order.
	 * @return the messages
	 */
	List<ChatMessage> messages();

	/**
	 * The place of the last user message in {@link #messages()}.
	 * @return the index, or −1 if there is none
	 */
	int lastUserMessage();

	/**
	 * The body fields of this product ({@code session_id}, {@code memory},
	 * {@code memory_mode}, {@code memory_store}, {@code memory_store_response},
	 * {@code memory_limit}, {@code memory_scope}) that the request has, with their values
	 * as text: strings unquoted, numbers, booleans and {@code null} as written.
	 * @return the value by field
	 * @see #isControl(String)
	 */
	Map<String, String> controls();

	/**
	 * The changes that take every field of this product out of the body, those of single
	 * messages included.
	 * @return the edits
	 */
	List<Edit> withoutControls();

	/**
	 * The changes that set the model. Where there is none it becomes the body's first
	 * member. None where the model does not stand in the body.
	 * @param model the model to name
	 * @return the edits
	 */
	List<Edit> withModel(String model);

	/**
	 * The change that puts a block of text in its place, separated from the text that is
	 * there, if any, by {@link #BLOCK_SEPARATOR}. Where a request has no system
	 * instructions they are added.
	 * @param block the text
	 * @param placement where
	 * @param message the index of the user's message that the block belongs to; it does
	 * not count for placements in the system instructions
	 * @return the edit, or {@code null} if the request has no such place
	 */
	@Nullable Edit withBlock(String block, Placement placement, int message);

	/**
	 * Whether a body field is one of this product's.
	 * @param field the name of a member of the body
	 * @return whether it is taken out before forwarding
	 */
	static boolean isControl(String field) {
		return switch (field) {
			case "session_id", "memory", "memory_mode", "memory_store", "memory_store_response", "memory_limit",
					"memory_scope" ->
				true;
			default -> false;
		};
	}

}
