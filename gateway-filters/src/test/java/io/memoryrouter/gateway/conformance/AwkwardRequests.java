package io.memoryrouter.gateway.conformance;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Requests with bytes that an editor, or a reviewer's eye, would not leave as they are.
 */
final class AwkwardRequests {

	private static final int MEGABYTE = 1024 * 1024;

	/** As deep as a body may be; the body itself is one level. */
	private static final int DEEPEST = 1000;

	private AwkwardRequests() {
	}

	static Stream<RequestTemplate> of(RequestTemplate plain) {
		String nested = "[".repeat(DEEPEST - 1) + "]".repeat(DEEPEST - 1);
		return Stream.of(plain.with("byte-order-mark", (text) -> "\u00ef\u00bb\u00bf" + text),
				plain.with("carriage-returns", (text) -> text.replace("\n", "\r\n").replace(", ", ",\r\n ")),
				plain.with("no-final-newline", String::strip),
				plain.with("trailing-white-space", (text) -> text + "\r\n\t  \n\n"),
				plain.with("leading-white-space", (text) -> " \t\r\n" + text),
				plain.with("nested-to-the-limit", (text) -> withMember(text, nested)),
				plain.with("half-surrogates-in-utf8",
						(text) -> withMember(text, "\"\u00ed\u00a0\u00bd.\u00ed\u00b8\u0080\"")),
				plain.with("rare-characters",
						(text) -> withMember(text, utf8("\"\u007f\u0085\u2028\ufeff\ufffe\udbff\udfff\""))),
				plain.with("megabyte-of-text", (text) -> withMember(text, megabyte("\\u00e9\\/\u00c3\u00a9 \\\\\\\""))),
				plain.with("megabyte-of-numbers", (text) -> withMember(text, numbers())));
	}

	/**
	 * Bodies that are refused, since they are no JSON for any parser.
	 * @param plain the request to spoil
	 * @return the bodies
	 */
	static Stream<RequestTemplate> refused(RequestTemplate plain) {
		String nested = "[".repeat(DEEPEST) + "]".repeat(DEEPEST);
		return Stream.of(plain.with("nested-too-deep", (text) -> withMember(text, nested)),
				plain.with("latin-1", (text) -> withMember(text, "\"caf\u00e9\"")),
				plain.with("cut-inside-a-character", (text) -> withMember(text, "\"\u00c3")),
				plain.with("cut-off", (text) -> text.strip().substring(0, text.strip().length() - 1)),
				plain.with("something-behind", (text) -> text + "{}"),
				plain.with("raw-line-feed", (text) -> withMember(text, "\"\n\"")), plain.with("utf-16",
						(text) -> new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1)));
	}

	/** Puts a member behind all others. */
	private static String withMember(String text, String value) {
		int end = text.lastIndexOf('}');
		return text.substring(0, end) + ", \"x-awkward\": " + value + text.substring(end);
	}

	private static String megabyte(String piece) {
		return "\"" + piece.repeat(MEGABYTE / piece.length()) + "\"";
	}

	private static String numbers() {
		String number = "1.0, 1E+400, -0, 0.10, 12345678901234567890,\n";
		return "[" + number.repeat(MEGABYTE / number.length()) + "1e5]";
	}

	private static String utf8(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

}
