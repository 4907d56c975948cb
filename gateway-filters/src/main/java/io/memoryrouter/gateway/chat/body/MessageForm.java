package io.memoryrouter.gateway.chat.body;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a dialect writes a message.
 *
 * @param list the path of the array that holds the messages, for errors
 * @param content the member that holds the content
 * @param textTypes the values of {@code type} that a part of text may have. Empty for a
 * dialect whose parts have no type: there a part is text if it has a {@code text} and is
 * no {@code thought}
 * @param toolTypes the values of {@code type}, or the members of a part without type, by
 * which a part brings the result of a tool
 * @param defaultRole the role of a message that names none, or {@code null} if that is an
 * error
 * @param itemType the {@code type} by which a message is told from what else is in the
 * list, unless it has none; or {@code null} for a dialect whose list holds nothing else
 */
public record MessageForm(String list, String content, Set<String> textTypes, Set<String> toolTypes,
		@Nullable String defaultRole, @Nullable String itemType) {

	/**
	 * A form for lists of nothing but messages.
	 * @param list as above
	 * @param content as above
	 * @param textTypes as above
	 * @param toolTypes as above
	 * @param defaultRole as above
	 */
	public MessageForm(String list, String content, Set<String> textTypes, Set<String> toolTypes,
			@Nullable String defaultRole) {
		this(list, content, textTypes, toolTypes, defaultRole, null);
	}

	/**
	 * Whether an item of the list is a message.
	 * @param type its {@code type}, or {@code null} if it has none
	 * @return whether
	 */
	boolean isMessage(@Nullable String type) {
		return this.itemType == null || type == null || type.equals(this.itemType);
	}

	/**
	 * Whether messages are written as protocol buffers are in JSON: parts have no type,
	 * an object may stand for an array of that one, and {@code null} is as good as
	 * absent.
	 * @return whether
	 */
	boolean isProtobuf() {
		return this.textTypes.isEmpty();
	}

}
