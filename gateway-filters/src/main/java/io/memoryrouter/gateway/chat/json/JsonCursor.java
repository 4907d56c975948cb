package io.memoryrouter.gateway.chat.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Walks through a document in UTF-8 and knows where everything lies, in bytes.
 * <p>
 * Strings are checked but not decoded on the way: the end of a value is not asked of the
 * parser (which would decode it) but found from the token that follows, since between the
 * two there is nothing but white space and perhaps a comma. So a value is read by moving
 * past it.
 */
public final class JsonCursor implements AutoCloseable {

	private final byte[] document;

	private final JsonParser parser;

	private @Nullable JsonToken token;

	/** Where the token begins, or −1 as long as nobody asked. */
	private int start = -1;

	/**
	 * Opens a document and moves to its first token.
	 * @param document the document; not copied. A byte order mark is passed over
	 * @throws InvalidJsonException if it is no JSON, or not in UTF-8
	 */
	public JsonCursor(byte[] document) {
		this.document = document;
		this.parser = open(document);
		next();
		if (this.token != null && start() < 0) {
			throw new InvalidJsonException("The body is not in UTF-8");
		}
	}

	private static JsonParser open(byte[] document) {
		try {
			return JsonParsers.create(document, 0, document.length);
		}
		catch (JacksonException ex) {
			throw InvalidJsonException.from(ex);
		}
	}

	/**
	 * The token that the cursor stands on.
	 * @return the token, or {@code null} at the end of the document
	 */
	public @Nullable JsonToken token() {
		return this.token;
	}

	/**
	 * Whether the cursor stands on a token of a kind.
	 * @param kind the kind
	 * @return whether
	 */
	public boolean at(JsonToken kind) {
		return this.token == kind;
	}

	/**
	 * Moves to the next token.
	 * @throws InvalidJsonException if there is no JSON
	 */
	public void next() {
		try {
			this.start = -1;
			this.token = this.parser.nextToken();
		}
		catch (JacksonException ex) {
			throw InvalidJsonException.from(ex);
		}
	}

	/**
	 * Where the current token begins.
	 * @return the offset of its first byte: of a name or a string, the quote
	 */
	public int start() {
		if (this.start < 0) {
			this.start = (int) this.parser.currentTokenLocation().getByteOffset();
		}
		return this.start;
	}

	/**
	 * The name of the member whose name or scalar value the cursor stands on.
	 * @return the name
	 */
	public String name() {
		return this.parser.currentName();
	}

	/**
	 * Moves past the value that begins here, whole arrays and objects included.
	 * @return where the value lies
	 * @throws InvalidJsonException if there is no JSON
	 */
	public JsonSpan value() {
		int first = start();
		try {
			this.parser.skipChildren();
		}
		catch (JacksonException ex) {
			throw InvalidJsonException.from(ex);
		}
		next();
		return new JsonSpan(first, previousEnd());
	}

	/**
	 * Where the value before the current token ends. Only inside an object or an array,
	 * and only where there is a value before.
	 * @return the offset after its last byte
	 */
	public int previousEnd() {
		int end = start();
		while (isBetweenValues(this.document[end - 1])) {
			end--;
		}
		return end;
	}

	private static boolean isBetweenValues(byte character) {
		return switch (character) {
			case ' ', '\t', '\r', '\n', ',' -> true;
			default -> false;
		};
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
