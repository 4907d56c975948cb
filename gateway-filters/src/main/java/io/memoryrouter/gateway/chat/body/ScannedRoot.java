package io.memoryrouter.gateway.chat.body;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;

/**
 * What the scan noted of a body's own members, messages aside.
 *
 * @param body the body as it came
 * @param firstMember the offset behind the brace that opens the body, or {@link #UNREAD}
 * @param model the model, with its prefix
 * @param modelValues where the values of {@code model} lie: one, unless a client repeats
 * the member
 * @param stream whether the answer is to be a stream
 * @param controls this product's fields
 * @param withoutControls the edits that take them out, those of messages included
 */
public record ScannedRoot(byte[] body, int firstMember, @Nullable String model, List<JsonSpan> modelValues,
		boolean stream, Map<String, String> controls, List<Edit> withoutControls) {

	/** The first member of a body that was not understood. */
	static final int UNREAD = -1;

	private static final byte[] NOTHING = {};

	boolean isRead() {
		return this.firstMember != UNREAD;
	}

	List<Edit> withModel(String model) {
		if (this.modelValues.isEmpty()) {
			return List.of(withFirstMember("\"model\":\"", model, "\""));
		}
		return this.modelValues.stream().map((value) -> withModel(value, model)).toList();
	}

	/** Where only a prefix goes, what stays is not written anew. */
	private Edit withModel(JsonSpan value, String model) {
		String present = JsonStrings.text(this.body, value);
		int prefix = present.length() - model.length();
		boolean shorter = this.body[value.start()] == '"' && present.endsWith(model)
				&& present.chars().limit(prefix).allMatch((character) -> character < 0x80);
		if (shorter) {
			int kept = JsonStrings.offset(this.body, value, prefix);
			return new Edit(value.start() + 1, kept - value.start() - 1, NOTHING);
		}
		return replace(value, "\"", model, "\"");
	}

	/**
	 * The edit that adds a member in front of the others.
	 * @param before the member, in ASCII, up to the inside of a string literal
	 * @param text the text of that literal, not yet encoded
	 * @param after what follows, in ASCII, from the literal's closing quote on, without a
	 * comma
	 * @return the edit
	 */
	public Edit withFirstMember(String before, String text, String after) {
		return insert(this.firstMember, before, text, after + ",");
	}

	/**
	 * The edit that puts a text in, as a string literal with something around it.
	 * @param offset where
	 * @param before what comes before the inside of the literal, in ASCII
	 * @param text the text, not yet encoded
	 * @param after what follows it, in ASCII
	 * @return the edit
	 */
	public static Edit insert(int offset, String before, String text, String after) {
		return new Edit(offset, 0, concat(before, JsonStrings.encode(text), after));
	}

	/**
	 * The edit that puts a text in the place of a value, as a string literal with
	 * something around it.
	 * @param value the value that goes
	 * @param before what comes before the inside of the literal, in ASCII
	 * @param text the text, not yet encoded
	 * @param after what follows it, in ASCII
	 * @return the edit
	 */
	public static Edit replace(JsonSpan value, String before, String text, String after) {
		return new Edit(value.start(), value.length(), concat(before, JsonStrings.encode(text), after));
	}

	private static byte[] concat(String before, byte[] text, String after) {
		byte[] result = new byte[before.length() + text.length + after.length()];
		System.arraycopy(before.getBytes(StandardCharsets.US_ASCII), 0, result, 0, before.length());
		System.arraycopy(text, 0, result, before.length(), text.length);
		System.arraycopy(after.getBytes(StandardCharsets.US_ASCII), 0, result, before.length() + text.length,
				after.length());
		return result;
	}

	/** Says nothing of what the body holds. */
	@Override
	public String toString() {
		return "ScannedRoot[model=" + this.model + ", bytes=" + this.body.length + "]";
	}

}
