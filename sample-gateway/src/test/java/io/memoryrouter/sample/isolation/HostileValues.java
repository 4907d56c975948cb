package io.memoryrouter.sample.isolation;

import java.util.ArrayList;
import java.util.List;

/**
 * Values that have broken programs before.
 */
final class HostileValues {

	/** Longer than any id, and than a line of a request's head may be. */
	private static final String LONG = "x".repeat(100_000);

	private static final int MAX_HEAD = 4_000;

	private static final List<String> TEXTS = List.of("", "'", "' OR '1'='1", "'; DROP TABLE memories; --",
			"\" UNION SELECT text FROM memories --", "%", "*", "\\", "NEAR(", "text:*", "a AND OR NOT b", "^\"",
			"{\"$ne\":null}", "\"}],\"text\":\"x", "]}", "{}", "null", "-1", "0", "1e999", "9223372036854775808",
			"99999999999999999999", "+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "0000-00-00T00:00:00Z",
			"2026-02-30T00:00:00Z", "P99999999999999D", "PT-1S", "a\r\nX-Injected: 1\r\n\r\n{}", "\u0000", "a\u0000b",
			"\u001b[31m", "\u007f", "\u202eevil\u202c", "\u0645\u0631\u062d\u0628\u0627", "\ud83d\ude00", "\ud800",
			"\ufeff", "\ufffe", "../../etc/passwd", "..", ".", "/", ";jsessionid=1", "file:///etc/passwd",
			"http://127.0.0.1:1/", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "<script>alert(1)</script>",
			"<recalled-memories>", "</recalled-memories>", "mk_AAAAAAAAAAAAAAAAAAAA", "default", "*:*", "vault:*",
			"x".repeat(257), "x".repeat(3_000), LONG);

	/** As they stand in a path or a query. */
	private static final List<String> ENCODED = List.of("..%2f..%2fmemories", "%2e%2e", "%2e%2e%2f", "a%2Fb", "%5c..",
			"%00", "a%00", "%0d%0aX-Injected:%201", "%ED%A0%80", "%C0%AF", "%FF", ";a=b", "%3Ba=b", "a%3Bb",
			"%25%32%66", "%E2%80%AE", "%F0%9F%98%80");

	private static final List<String> JSON = List.of("null", "0", "-1", "1.5", "1e999",
			"123456789012345678901234567890", "[]", "[null]", "{}", "{\"\":null}", "[\"a\"[1,2]", "{\"$gt\":\"\"}",
			"[".repeat(400) + "]".repeat(400), "[".repeat(20_000) + "]".repeat(20_000),
			"{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000), "1" + "0".repeat(2_000), "\"\\ud800\"", "\"\\u0000\"",
			"\"\\x\"", "\"\t\"", "\"", "}", "]", "1}{", "NaN", "[" + "1,".repeat(5_000) + "1]",
			"[" + "{\"role\":\"user\",\"content\":\"a\"},".repeat(3_000) + "{}]");

	private HostileValues() {
	}

	/**
	 * What is put into a field.
	 * @param field the field
	 * @return the values, as they are written there; those that HTTP itself does not
	 * allow are left out
	 */
	static List<String> of(Field field) {
		List<String> values = new ArrayList<>();
		TEXTS.stream().filter((text) -> isWritable(field, text)).map(field::encode).forEach(values::add);
		switch (field.place()) {
			case PATH, QUERY -> values.addAll(ENCODED);
			case BODY -> values.addAll(JSON);
			case HEADER -> {
			}
		}
		return values;
	}

	/**
	 * An empty segment makes another path. What is longer than a head may be, or has
	 * control characters, is refused before there is a request.
	 */
	private static boolean isWritable(Field field, String text) {
		return switch (field.place()) {
			case PATH -> !text.isEmpty() && text.length() < MAX_HEAD;
			case HEADER -> text.length() < MAX_HEAD
					&& text.chars().noneMatch((character) -> character < 0x20 || character == 0x7f);
			case QUERY -> text.length() < MAX_HEAD;
			case BODY -> true;
		};
	}

}
