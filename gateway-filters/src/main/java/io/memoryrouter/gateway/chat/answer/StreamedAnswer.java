package io.memoryrouter.gateway.chat.answer;

import io.memoryrouter.gateway.chat.stream.BoundedText;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of a stream tell, one after another.
 */
final class StreamedAnswer {

	private final BoundedText text;

	private boolean ended;

	private boolean finished;

	private boolean failed;

	private AnswerReader.@Nullable Usage usage;

	/**
	 * Starts with nothing said.
	 * @param maxBytes the most that is held of the text
	 */
	StreamedAnswer(int maxBytes) {
		this.text = new BoundedText(maxBytes);
	}

	/**
	 * Takes in a document. One that is not whole is passed over.
	 * @param said what it tells
	 */
	void add(AnswerDocument said) {
		if (said.whole()) {
			take(said);
		}
	}

	/**
	 * Takes in a document, or what is held of it.
	 * @param said what it tells
	 */
	void take(AnswerDocument said) {
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

	/** Notes that nothing comes any more. */
	void end() {
		this.ended = true;
	}

	/**
	 * Whether nothing comes any more.
	 * @return whether
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * What was said so far.
	 * @param transportEnded whether all bytes have come
	 * @param lost whether a document was passed over because it was too large
	 * @return the answer
	 */
	AnswerReader.Answer answer(boolean transportEnded, boolean lost) {
		boolean complete = this.ended || (transportEnded && this.finished);
		return new AnswerReader.Answer(this.text.toString(), complete && !this.failed, this.text.isTruncated() || lost,
				this.failed, this.usage);
	}

}
