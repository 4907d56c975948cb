package io.memoryrouter.gateway.chat.anthropic;

import io.memoryrouter.gateway.chat.answer.AnswerDocument;

/**
 * Reads the documents of one answer: the message, or the events of its stream, in order.
 * The texts of neighbouring blocks belong together (citations cut sentences into blocks);
 * where the model did something else in between, such as using a tool, an empty line
 * stands for it. A message and its stream give the same text.
 */
public final class AnthropicAnswer implements AnswerDocument.Parser {

	private TextFlow flow = TextFlow.BEGINNING;

	@Override
	public AnswerDocument parse(byte[] bytes, int offset, int length) {
		AnthropicDocument document = AnthropicDocument.read(bytes, offset, length, this.flow);
		if (document.isWhole()) {
			this.flow = document.flow();
		}
		return document.said();
	}

	/**
	 * How the text stands before the next piece of it.
	 *
	 * @param begun whether anything was said
	 * @param interrupted whether something else came since
	 */
	record TextFlow(boolean begun, boolean interrupted) {

		static final TextFlow BEGINNING = new TextFlow(false, false);

		private static final TextFlow FLOWING = new TextFlow(true, false);

		private static final String INTERRUPTION = "\n\n";

		String before() {
			return this.interrupted ? INTERRUPTION : "";
		}

		TextFlow afterText() {
			return FLOWING;
		}

		TextFlow afterOther() {
			return new TextFlow(this.begun, this.begun);
		}

	}

}
