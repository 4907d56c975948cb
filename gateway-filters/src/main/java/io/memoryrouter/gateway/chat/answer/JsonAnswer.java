package io.memoryrouter.gateway.chat.answer;

import io.memoryrouter.gateway.chat.stream.BoundedBytes;

/**
 * An answer that comes as one JSON document. It is held up to the limit; of a larger one
 * the message is read if it lies before the limit.
 */
public final class JsonAnswer implements AnswerParser {

	private final AnswerDocument.Parser parser;

	private final BoundedBytes document;

	/**
	 * Starts to read.
	 * @param parser reads the document
	 * @param maxBytes the most that is held of it
	 */
	public JsonAnswer(AnswerDocument.Parser parser, int maxBytes) {
		this.parser = parser;
		this.document = new BoundedBytes(maxBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		this.document.accept(bytes, offset, length);
	}

	@Override
	public boolean hasEnded() {
		return false;
	}

	@Override
	public AnswerReader.Answer answer(boolean transportEnded) {
		AnswerDocument said = this.parser.parse(this.document.array(), 0, this.document.length());
		boolean truncated = this.document.isOverflown();
		boolean complete = said.whole() || (truncated && transportEnded);
		String text = (said.text() != null && !said.failed()) ? said.text() : "";
		return new AnswerReader.Answer(text, complete && !said.failed(), truncated, said.failed(), said.usage());
	}

}
