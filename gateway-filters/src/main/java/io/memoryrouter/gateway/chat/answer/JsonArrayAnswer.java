package io.memoryrouter.gateway.chat.answer;

import io.memoryrouter.gateway.chat.stream.JsonArrayParser;

/**
 * An answer that comes as an array of JSON documents, each of them sent when there is
 * something to say. The bracket that closes the array is its terminal event.
 */
final class JsonArrayAnswer implements AnswerParser {

	private final JsonArrayParser elements;

	private final StreamedAnswer said;

	/**
	 * Starts to read.
	 * @param parser reads an element
	 * @param maxBytes the most that is held, of an element and of the text
	 */
	JsonArrayAnswer(AnswerDocument.Parser parser, int maxBytes) {
		this.said = new StreamedAnswer(maxBytes);
		this.elements = new JsonArrayParser(
				(bytes, offset, length) -> this.said.add(parser.parse(bytes, offset, length)), maxBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		this.elements.accept(bytes, offset, length);
		if (this.elements.hasEnded()) {
			this.said.end();
		}
	}

	@Override
	public boolean hasEnded() {
		return this.said.hasEnded();
	}

	@Override
	public AnswerReader.Answer answer(boolean transportEnded) {
		return this.said.answer(transportEnded, this.elements.hasLost());
	}

}
