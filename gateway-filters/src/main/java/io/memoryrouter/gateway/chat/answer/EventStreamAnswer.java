package io.memoryrouter.gateway.chat.answer;

import io.memoryrouter.gateway.chat.stream.BoundedText;
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

	private final BoundedText text;

	private boolean ended;

	private boolean finished;

	private boolean failed;

	private AnswerReader.@Nullable Usage usage;

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
		this.events = new SseParser(this::event, maxBytes);
		this.text = new BoundedText(maxBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		this.events.accept(bytes, offset, length);
		this.ended |= this.endMark != null && this.events.isPending(this.endMark);
	}

	private void event(byte[] bytes, int offset, int length) {
		if (isEndMark(bytes, offset, length)) {
			this.ended = true;
			return;
		}
		AnswerDocument said = this.parser.parse(bytes, offset, length);
		if (said.whole()) {
			add(said);
		}
	}

	private void add(AnswerDocument said) {
		if (said.text() != null) {
			this.text.append(said.text());
		}
		this.ended |= said.terminal();
		this.finished |= said.finished();
		this.failed |= said.failed();
		if (said.usage() != null) {
			this.usage = (this.usage != null) ? this.usage.and(said.usage()) : said.usage();
		}
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
		return this.ended;
	}

	@Override
	public AnswerReader.Answer answer(boolean transportEnded) {
		if (transportEnded) {
			this.events.finish();
		}
		boolean complete = this.ended || (transportEnded && this.finished);
		boolean truncated = this.text.isTruncated() || this.events.hasLost();
		return new AnswerReader.Answer(this.text.toString(), complete && !this.failed, truncated, this.failed,
				this.usage);
	}

}
