package io.memoryrouter.gateway.chat.answer;

/**
 * An answer of a kind that is not understood: nothing was said.
 */
final class UnreadAnswer implements AnswerParser {

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		// What is not understood is passed over.
	}

	@Override
	public boolean hasEnded() {
		return false;
	}

	@Override
	public AnswerReader.Answer answer(boolean transportEnded) {
		return new AnswerReader.Answer("", transportEnded, false, false, null);
	}

}
