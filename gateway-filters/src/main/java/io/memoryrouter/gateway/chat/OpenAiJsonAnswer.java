package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.stream.BoundedBytes;

/**
 * An answer that comes as one JSON document. It is held up to the limit; of a larger one
 * the message is read if it lies before the limit.
 */
final class OpenAiJsonAnswer implements AnswerParser {

	private final BoundedBytes document;

	OpenAiJsonAnswer(int maxBytes) {
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
		OpenAiCompletion completion = OpenAiCompletion.read(this.document.array(), 0, this.document.length());
		boolean truncated = this.document.isOverflown();
		boolean complete = completion.isWhole() || (truncated && transportEnded);
		String text = (completion.text() != null) ? completion.text() : "";
		return new AnswerReader.Answer(completion.isFailed() ? "" : text, complete && !completion.isFailed(), truncated,
				completion.isFailed(), completion.usage());
	}

}
