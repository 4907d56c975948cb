package io.memoryrouter.gateway.conformance;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Answers as they should not be, but are: a client reads them all the same, so they have
 * to reach it, and what they say has to be understood.
 */
final class AwkwardAnswers {

	/** More than is held of one event, see {@link AnswerConformanceIT}. */
	private static final int HUGE = 96 * 1024;

	private AwkwardAnswers() {
	}

	static Stream<AnswerCase> of(AnswerCase plain) {
		Stream<AnswerCase> all = Stream.of(
				with(plain, "carriage-returns-and-line-feeds", (text) -> text.replace("\n", "\r\n")),
				with(plain, "no-final-newline", (text) -> text.replaceFirst("\\s+$", "")));
		return plain.isEventStream() ? Stream.concat(all, events(plain)) : all;
	}

	private static Stream<AnswerCase> events(AnswerCase plain) {
		return Stream.of(with(plain, "byte-order-mark", (text) -> "\ufeff" + text),
				with(plain, "carriage-returns", (text) -> text.replace('\n', '\r')),
				with(plain, "comments", (text) -> ": hello\n\n" + text.replace("\n\n", "\n:\n\n: keep-alive\n\n\n")),
				with(plain, "fields-that-nobody-knows",
						(text) -> text.replace("data: ", "id: 7\nretry: 10\nda: x\ndatax: y\nfoo\ndata: ")),
				with(plain, "no-space-behind-the-colon", (text) -> text.replace("data: ", "data:")),
				with(plain, "unknown-events",
						(text) -> between(text, "event: x_unknown\ndata: {\"type\": \"x_unknown\", \"x\": []}\n\n")),
				with(plain, "malformed-events",
						(text) -> between(text,
								"data: {\"broken\": [\n\ndata: garbage\n\ndata\n\ndata: []\n\ndata: \"\\ud83d\"\n\n")),
				partial(with(plain, "huge-event",
						(text) -> between(text, "data: {\"x\": \"" + "\u00e9".repeat(HUGE / 2) + "\"}\n\n"))));
	}

	/** Puts events between the first event and the second. */
	private static String between(String text, String events) {
		int end = text.indexOf("\n\n") + 2;
		return text.substring(0, end) + events + text.substring(end);
	}

	private static AnswerCase with(AnswerCase plain, String variation, UnaryOperator<String> change) {
		String text = change.apply(new String(plain.bytes(), StandardCharsets.UTF_8));
		return new AnswerCase(plain.dialect(), plain.name() + "+" + variation, text.getBytes(StandardCharsets.UTF_8),
				plain.said(), plain.partial());
	}

	private static AnswerCase partial(AnswerCase answer) {
		return new AnswerCase(answer.dialect(), answer.name(), answer.bytes(), answer.said(), true);
	}

}
