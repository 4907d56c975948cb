package io.memoryrouter.gateway.chat.answer;

/**
 * An answer that comes as JSON of which only its first character tells what it is: an
 * array of documents, which grows while the model speaks, or one document, be it a whole
 * answer or the error in place of a stream.
 */
public final class JsonStreamAnswer implements AnswerParser {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xef, (byte) 0xbb, (byte) 0xbf };

	private final AnswerDocument.Parser parser;

	private final int maxBytes;

	private AnswerParser answer;

	private boolean begun;

	/**
	 * Starts to read.
	 * @param parser reads a document
	 * @param maxBytes the most that is held, of a document and of the text
	 */
	public JsonStreamAnswer(AnswerDocument.Parser parser, int maxBytes) {
		this.parser = parser;
		this.maxBytes = maxBytes;
		this.answer = new JsonAnswer(parser, maxBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		int end = offset + length;
		int start = this.begun ? offset : firstCharacter(bytes, offset, end);
		if (start == end) {
			return;
		}
		if (!this.begun && bytes[start] == '[') {
			this.answer = new JsonArrayAnswer(this.parser, this.maxBytes);
		}
		this.begun = true;
		this.answer.accept(bytes, start, end - start);
	}

	private static int firstCharacter(byte[] bytes, int offset, int end) {
		int index = offset;
		while (index < end && isBeforeDocument(bytes[index])) {
			index++;
		}
		return index;
	}

	private static boolean isBeforeDocument(byte character) {
		return switch (character) {
			case ' ', '\t', '\r', '\n' -> true;
			default ->
				character == BYTE_ORDER_MARK[0] || character == BYTE_ORDER_MARK[1] || character == BYTE_ORDER_MARK[2];
		};
	}

	@Override
	public boolean hasEnded() {
		return this.answer.hasEnded();
	}

	@Override
	public AnswerReader.Answer answer(boolean transportEnded) {
		return this.answer.answer(transportEnded);
	}

}
