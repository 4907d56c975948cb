package io.memoryrouter.gateway.chat.answer;

import io.memoryrouter.gateway.chat.stream.SseParser;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes as a stream of server-sent events, each of them a JSON document.
 * Those that are no JSON are passed over.
 */
public final class EventStreamAnswer implements AnswerParser {

	private final AnswerDocument.Parser parser;

	private final @Nullable String endMark;

	private final SseParser events;

	private final StreamedAnswer said;

	/** Whether text may be missing because an event was too large. */
	private boolean lost;

	/**
	 * Starts to read.
	 * @param parser reads the data of an event
	 * @param endMark the data of the event that ends the stream without being JSON, in
	 * ASCII, or {@code null} if there is no such event
	 * @param maxBytes the most that is held, of an event and of the text
	 */
	public EventStreamAnswer(AnswerDocument.Parser parser, @Nullable String endMark, int maxBytes) {
		this.parser = parser;
		this.endMark = endMark;
		this.events = new SseParser(this::event, this::beginning, maxBytes);
		this.said = new StreamedAnswer(maxBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		this.events.accept(bytes, offset, length);
		if (this.endMark != null && this.events.isPending(this.endMark)) {
			this.said.end();
		}
	}

	private void event(byte[] bytes, int offset, int length) {
		if (isEndMark(bytes, offset, length)) {
			this.said.end();
		}
		else {
			this.said.add(this.parser.parse(bytes, offset, length));
		}
	}

	private void beginning(byte[] bytes, int offset, int length) {
		AnswerDocument held = this.parser.parseBeginning(bytes, offset, length);
		this.lost |= held.text() != null;
		this.said.take(held);
	}

	private boolean isEndMark(byte[] bytes, int offset, int length) {
		if (this.endMark == null || length != this.endMark.length()) {
			return false;
		}
		boolean same = true;
		for (int i = 0; same && i < length; i++) {
			same = bytes[offset + i] == this.endMark.charAt(i);
		}
		return same;
	}

	@Override
	public boolean hasEnded() {
		return this.said.hasEnded();
	}

	@Override
	public AnswerReader.Answer answer(boolean transportEnded) {
		if (transportEnded) {
			this.events.finish();
		}
		return this.said.answer(transportEnded, this.lost);
	}

}
