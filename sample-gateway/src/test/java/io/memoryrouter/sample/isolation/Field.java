package io.memoryrouter.sample.isolation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place of a request that holds a value.
 *
 * @param place where
 * @param name its name there; in a body a JSON pointer
 * @param required whether a good request has it
 */
record Field(Place place, String name, boolean required) {

	private static final JsonMapper ASCII = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	static Field inPath(String name) {
		return new Field(Place.PATH, name, true);
	}

	static Field parse(String word) {
		boolean required = word.endsWith("!");
		String name = required ? word.substring(0, word.length() - 1) : word;
		return switch (word.charAt(0)) {
			case '?' -> new Field(Place.QUERY, name.substring(1), required);
			case '@' -> new Field(Place.HEADER, name.substring(1), required);
			case '/' -> new Field(Place.BODY, name, required);
			default -> throw new IllegalArgumentException("No field: " + word);
		};
	}

	/**
	 * A text, as it is written in this place.
	 * @param text the text
	 * @return its form: percent-encoded, octets, or JSON with escapes
	 */
	String encode(String text) {
		return switch (this.place) {
			case PATH, QUERY -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
			case HEADER -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
			case BODY -> ASCII.writeValueAsString(text);
		};
	}

	/**
	 * What an error may call this field.
	 * @return names
	 */
	List<String> names() {
		return switch (this.place) {
			case PATH -> List.of("id", this.name);
			case QUERY, HEADER -> List.of(this.name);
			case BODY -> Arrays.stream(this.name.split("/"))
				.filter((segment) -> !segment.isEmpty() && !Character.isDigit(segment.charAt(0)))
				.toList();
		};
	}

	@Override
	public String toString() {
		return this.place + " " + this.name;
	}

	/**
	 * Where values stand.
	 */
	enum Place {

		/** In the path. */
		PATH,

		/** In the query. */
		QUERY,

		/** In the head. */
		HEADER,

		/** In the body. */
		BODY

	}

}
