package io.memoryrouter.gateway.api.memories.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;

import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a line of an upload says. Fields that are not known are passed over.
 *
 * @param id the id that the memory had where it was exported, or {@code null}
 * @param session the conversation, or {@code null}
 * @param timestamp when it was said, or {@code null} if that is not said
 * @param turn what was said, by whom
 */
record UploadRecord(@Nullable String id, @Nullable SessionId session, @Nullable Instant timestamp, Exchange.Turn turn) {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

	private static final char BYTE_ORDER_MARK = '\ufeff';

	private static final int MAX_ID_LENGTH = 100;

	/**
	 * Reads a line.
	 * @param line the line, in UTF-8
	 * @return what it says, or {@code null} if it is blank
	 * @throws InvalidLineException if it cannot be read
	 */
	static @Nullable UploadRecord read(UploadLine line) {
		if (line.bytes() == null) {
			throw new InvalidLineException("the line is too long");
		}
		String text = decode(line.bytes());
		return text.isBlank() ? null : read(parse(text));
	}

	private static UploadRecord read(JsonNode json) {
		Exchange.Turn turn = new Exchange.Turn(role(json), text(json, "speaker"), content(json), partial(json));
		return new UploadRecord(id(json), session(json), timestamp(json), turn);
	}

	/**
	 * What is stored. The same line becomes the same memory, as often as it is uploaded:
	 * lines of equal words are told apart by their id, or else by their time if they say
	 * one.
	 * @param vault the vault
	 * @param fallback the session of lines that name none, or {@code null}
	 * @param now the time of lines that say none
	 * @return an exchange of one turn
	 */
	Exchange toExchange(VaultId vault, @Nullable SessionId fallback, Instant now) {
		String mark = (this.id != null) ? this.id
				: (this.timestamp != null) ? String.valueOf(this.timestamp.toEpochMilli()) : "";
		return new Exchange(vault, session(fallback), (this.timestamp != null) ? this.timestamp : now, "upload " + mark,
				List.of(this.turn));
	}

	/**
	 * Whether this is what a memory says already: it was exported and has come back.
	 * @param memory the memory of the same id
	 * @param fallback the session of lines that name none, or {@code null}
	 * @return whether nothing is to be stored
	 */
	boolean isAlready(Memory memory, @Nullable SessionId fallback) {
		SessionId session = session(fallback);
		return memory.text().equals(this.turn.text()) && memory.role() == this.turn.role()
				&& Objects.equals(memory.speaker(), this.turn.speaker())
				&& ((session != null) ? session.equals(memory.session()) : memory.session() == null);
	}

	private @Nullable SessionId session(@Nullable SessionId fallback) {
		return (this.session != null) ? this.session : fallback;
	}

	/** Files that begin with a byte order mark may also have been joined. */
	private static String decode(byte[] line) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
			return (text.indexOf(BYTE_ORDER_MARK) == 0) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new InvalidLineException("the line is not UTF-8");
		}
	}

	private static JsonNode parse(String line) {
		try {
			JsonNode json = MAPPER.readTree(line);
			if (json.isObject()) {
				return json;
			}
		}
		catch (JacksonException ex) {
			// Its message may quote the line: refused below like JSON that is no object.
		}
		throw new InvalidLineException(
				"the line is not a JSON object such as {\"content\": \"My dog is called Rex.\"}");
	}

	/** What was recalled is no more said than where it comes back in a chat. */
	private static String content(JsonNode json) {
		String content = text(json, "content");
		if (content == null || content.isBlank()) {
			throw new InvalidLineException("'content' has to be a text that is not blank");
		}
		String said = MemoryBlock.strip(content);
		if (said.isBlank()) {
			throw new InvalidLineException("'content' is a block of memories, which is not stored again");
		}
		return said;
	}

	private static Role role(JsonNode json) {
		String role = text(json, "role");
		if (role == null || role.equals("user")) {
			return Role.USER;
		}
		if (role.equals("assistant")) {
			return Role.ASSISTANT;
		}
		throw new InvalidLineException("'role' has to be 'user' or 'assistant'");
	}

	private static @Nullable String id(JsonNode json) {
		String id = text(json, "id");
		if (id != null && (id.isEmpty() || id.length() > MAX_ID_LENGTH)) {
			throw new InvalidLineException("'id' has to have 1 to " + MAX_ID_LENGTH + " characters");
		}
		return id;
	}

	private static @Nullable SessionId session(JsonNode json) {
		String session = text(json, "session_id");
		try {
			return (session != null) ? new SessionId(session) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidLineException("'session_id' cannot be read: " + ex.getMessage());
		}
	}

	private static @Nullable Instant timestamp(JsonNode json) {
		JsonNode value = json.path("timestamp");
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		Instant time = time(value);
		if (time == null || time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
			throw new InvalidLineException(
					"'timestamp' has to be milliseconds since 1970, or a time such as 2026-11-24T10:00:00Z");
		}
		return time;
	}

	private static @Nullable Instant time(JsonNode value) {
		if (value.isIntegralNumber() && value.canConvertToLong()) {
			return Instant.ofEpochMilli(value.asLong());
		}
		try {
			return value.isString() ? Rfc3339.parse(value.asString()) : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static boolean partial(JsonNode json) {
		JsonNode partial = json.path("partial");
		if (partial.isBoolean() || partial.isMissingNode() || partial.isNull()) {
			return partial.asBoolean(false);
		}
		throw new InvalidLineException("'partial' has to be true or false");
	}

	private static @Nullable String text(JsonNode json, String name) {
		JsonNode value = json.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		if (value.isString()) {
			return value.asString();
		}
		throw new InvalidLineException("'" + name + "' has to be a text");
	}

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "UploadRecord[id=" + this.id + "]";
	}

}
