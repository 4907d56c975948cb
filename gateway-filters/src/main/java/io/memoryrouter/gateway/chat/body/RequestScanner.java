package io.memoryrouter.gateway.chat.body;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.memoryrouter.gateway.chat.json.InvalidJsonException;
import io.memoryrouter.gateway.chat.json.JsonCursor;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans a request's body in one pass. Only what memory needs is read and only that has to
 * be right: everything else is the provider's to judge. Where a client repeats a member
 * the last one counts, as it does for most parsers, but this product's fields are taken
 * out of every one. A dialect says what its members are.
 */
public abstract class RequestScanner {

	private final byte[] body;

	private final JsonCursor cursor;

	private final List<Edit> removals = new ArrayList<>();

	private final Map<String, String> controls = new LinkedHashMap<>();

	private final List<JsonSpan> modelValues = new ArrayList<>(1);

	private @Nullable String model;

	private boolean stream;

	private int firstMember;

	private final Predicate<String> control;

	/**
	 * Starts before the first token.
	 * @param body the body
	 * @param cursor a cursor over it
	 */
	protected RequestScanner(byte[] body, JsonCursor cursor) {
		this(body, cursor, ChatRequest::isControl);
	}

	/**
	 * Starts before the first token.
	 * @param body the body
	 * @param cursor a cursor over it
	 * @param control which members are this product's fields
	 */
	protected RequestScanner(byte[] body, JsonCursor cursor, Predicate<String> control) {
		this.body = body;
		this.cursor = cursor;
		this.control = control;
	}

	/**
	 * Scans a body.
	 * @param body the body; kept, not copied
	 * @param factory makes the dialect's scanner
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	protected static ChatRequest scan(byte[] body, Factory factory) {
		try (JsonCursor cursor = new JsonCursor(body)) {
			RequestScanner scanner = factory.create(body, cursor);
			scanner.scan();
			return scanner.toRequest();
		}
		catch (InvalidJsonException ex) {
			throw new InvalidChatRequestException(String.valueOf(ex.getMessage()), null);
		}
	}

	private void scan() {
		if (!this.cursor.at(JsonToken.START_OBJECT)) {
			throw new InvalidChatRequestException("The body has to be a JSON object with '" + requiredMember() + "'",
					null);
		}
		this.firstMember = this.cursor.start() + 1;
		this.cursor.next();
		members();
		this.cursor.next();
		if (this.cursor.token() != null) {
			throw new InvalidChatRequestException("The body has to be one JSON object with nothing behind it", null);
		}
	}

	private void members() {
		MemberRemoval removal = new MemberRemoval(this.removals);
		while (this.cursor.at(JsonToken.PROPERTY_NAME)) {
			String name = this.cursor.name();
			int nameStart = this.cursor.start();
			this.cursor.next();
			if (this.control.test(name)) {
				this.controls.put(name, JsonStrings.text(this.body, this.cursor.value()));
				removal.remove(nameStart, this.cursor);
			}
			else {
				member(name);
				removal.keep(this.cursor);
			}
		}
	}

	/**
	 * The member without which there is no request, for errors.
	 * @return its name
	 */
	protected abstract String requiredMember();

	/**
	 * Reads a member of the body and moves past it.
	 * @param name its name; the cursor stands on its value
	 */
	protected abstract void member(String name);

	/**
	 * Makes the request of what was read.
	 * @return the request
	 * @throws InvalidChatRequestException if something is missing
	 */
	protected abstract ChatRequest toRequest();

	/**
	 * What was noted of the body's own members.
	 * @return the root; to be asked when the whole body has been scanned
	 */
	protected final ScannedRoot root() {
		return new ScannedRoot(this.body, this.firstMember, this.model, List.copyOf(this.modelValues), this.stream,
				Collections.unmodifiableMap(this.controls), List.copyOf(this.removals));
	}

	/**
	 * The cursor, on the value of the current member.
	 * @return the cursor
	 */
	protected final JsonCursor cursor() {
		return this.cursor;
	}

	/** Reads the member that names the model. */
	protected final void model() {
		boolean string = this.cursor.at(JsonToken.VALUE_STRING);
		if (!string && !this.cursor.at(JsonToken.VALUE_NULL)) {
			throw new InvalidChatRequestException("'model' has to be a string", "model");
		}
		JsonSpan value = this.cursor.value();
		this.modelValues.add(value);
		this.model = string ? JsonStrings.decode(this.body, value) : null;
	}

	/** Reads the member that asks for a stream. */
	protected final void stream() {
		this.stream = this.cursor.at(JsonToken.VALUE_TRUE);
		if (!this.stream && !this.cursor.at(JsonToken.VALUE_FALSE) && !this.cursor.at(JsonToken.VALUE_NULL)) {
			throw new InvalidChatRequestException("'stream' has to be true or false", "stream");
		}
		this.cursor.value();
	}

	/**
	 * Reads an array of messages.
	 * @param form how they are written
	 * @return the messages
	 */
	protected final List<ScannedMessage> messages(MessageForm form) {
		if (form.isProtobuf() && this.cursor.at(JsonToken.START_OBJECT)) {
			return List.of(message(form, form.list()));
		}
		if (!this.cursor.at(JsonToken.START_ARRAY)) {
			throw new InvalidChatRequestException("'" + form.list() + "' has to be an array of messages", form.list());
		}
		List<ScannedMessage> messages = new ArrayList<>();
		this.cursor.next();
		while (!this.cursor.at(JsonToken.END_ARRAY)) {
			String path = form.list() + "[" + messages.size() + "]";
			messages.add(message(form, path));
		}
		this.cursor.next();
		return messages;
	}

	/**
	 * Reads one message.
	 * @param form how it is written
	 * @param path where it stands, for errors
	 * @return the message
	 */
	protected final ScannedMessage message(MessageForm form, String path) {
		return new MessageScanner(this.body, this.cursor, this.removals, form, path).scan();
	}

	/**
	 * The last message in which a user asks. One that only brings the results of tools
	 * goes on with the question before; one that says something as well is a question.
	 * @param messages the messages
	 * @return the index, or −1 if there is none
	 */
	protected static int lastQuestion(List<ScannedMessage> messages) {
		int index = messages.size() - 1;
		while (index >= 0 && !messages.get(index).isQuestion()) {
			index--;
		}
		return index;
	}

	/** Makes the scanner of a dialect. */
	@FunctionalInterface
	protected interface Factory {

		/**
		 * Makes a scanner.
		 * @param body the body
		 * @param cursor a cursor on its first token
		 * @return the scanner
		 */
		RequestScanner create(byte[] body, JsonCursor cursor);

	}

}
