package io.memoryrouter.gateway.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.json.InvalidJsonException;
import io.memoryrouter.gateway.chat.json.JsonCursor;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans a request of OpenAI Chat Completions in one pass. Only what memory needs is read
 * and only that has to be right: everything else is the provider's to judge. Where a
 * client repeats a member the last one counts, as it does for most parsers, but this
 * product's fields are taken out of every one.
 */
final class OpenAiChatScanner {

	private final byte[] body;

	private final JsonCursor cursor;

	private final List<Edit> removals = new ArrayList<>();

	private final Map<String, String> controls = new LinkedHashMap<>();

	private final List<JsonSpan> modelValues = new ArrayList<>(1);

	private @Nullable String model;

	private boolean stream;

	private List<ScannedMessage> messages = List.of();

	private int firstMessage;

	private OpenAiChatScanner(byte[] body, JsonCursor cursor) {
		this.body = body;
		this.cursor = cursor;
	}

	/**
	 * Scans a body.
	 * @param body the body
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	static OpenAiChatRequest scan(byte[] body) {
		try (JsonCursor cursor = new JsonCursor(body)) {
			return new OpenAiChatScanner(body, cursor).scan();
		}
		catch (InvalidJsonException ex) {
			throw new InvalidChatRequestException(String.valueOf(ex.getMessage()), null);
		}
	}

	private OpenAiChatRequest scan() {
		if (!this.cursor.at(JsonToken.START_OBJECT)) {
			throw new InvalidChatRequestException("The body has to be a JSON object with 'messages'", null);
		}
		int firstMember = this.cursor.start() + 1;
		this.cursor.next();
		members();
		this.cursor.next();
		if (this.cursor.token() != null) {
			throw new InvalidChatRequestException("The body has to be one JSON object with nothing behind it", null);
		}
		if (this.messages.isEmpty()) {
			throw new InvalidChatRequestException("'messages' has to be an array of at least one message", "messages");
		}
		return new OpenAiChatRequest(this.body, firstMember, this.model, List.copyOf(this.modelValues), this.stream,
				List.copyOf(this.messages), this.firstMessage, Collections.unmodifiableMap(this.controls),
				List.copyOf(this.removals));
	}

	private void members() {
		MemberRemoval removal = new MemberRemoval(this.removals);
		while (this.cursor.at(JsonToken.PROPERTY_NAME)) {
			String name = this.cursor.name();
			int nameStart = this.cursor.start();
			this.cursor.next();
			if (ChatRequest.isControl(name)) {
				this.controls.put(name, JsonStrings.text(this.body, this.cursor.value()));
				removal.remove(nameStart, this.cursor);
			}
			else {
				member(name);
				removal.keep(this.cursor);
			}
		}
	}

	private void member(String name) {
		switch (name) {
			case "model" -> model();
			case "stream" -> stream();
			case "messages" -> messages();
			default -> this.cursor.value();
		}
	}

	private void model() {
		boolean string = this.cursor.at(JsonToken.VALUE_STRING);
		if (!string && !this.cursor.at(JsonToken.VALUE_NULL)) {
			throw new InvalidChatRequestException("'model' has to be a string", "model");
		}
		JsonSpan value = this.cursor.value();
		this.modelValues.add(value);
		this.model = string ? JsonStrings.decode(this.body, value) : null;
	}

	private void stream() {
		this.stream = this.cursor.at(JsonToken.VALUE_TRUE);
		if (!this.stream && !this.cursor.at(JsonToken.VALUE_FALSE) && !this.cursor.at(JsonToken.VALUE_NULL)) {
			throw new InvalidChatRequestException("'stream' has to be true or false", "stream");
		}
		this.cursor.value();
	}

	private void messages() {
		if (!this.cursor.at(JsonToken.START_ARRAY)) {
			throw new InvalidChatRequestException("'messages' has to be an array of messages", "messages");
		}
		this.firstMessage = this.cursor.start() + 1;
		this.messages = new ArrayList<>();
		this.cursor.next();
		while (!this.cursor.at(JsonToken.END_ARRAY)) {
			int index = this.messages.size();
			this.messages.add(new OpenAiMessageScanner(this.body, this.cursor, this.removals, index).scan());
		}
		this.cursor.next();
	}

}
