package io.memoryrouter.gateway.chat.responses;

import io.memoryrouter.gateway.chat.answer.AnswerDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of one answer: the response, or the events of its stream, in order.
 * Where the model says something, does something else and goes on, an empty line stands
 * for that. The event that ends a stream repeats all that was said; that counts only if
 * nothing was heard of it before.
 */
public final class ResponsesAnswer implements AnswerDocument.Parser {

	private static final String INTERRUPTION = "\n\n";

	/** The output that text came from last, or −1 if there was no text. */
	private long lastOutput = -1;

	@Override
	public AnswerDocument parse(byte[] bytes, int offset, int length) {
		ResponsesDocument document = ResponsesDocument.read(bytes, offset, length);
		return new AnswerDocument(text(document), document.isWhole(), document.isFinished(), document.isTerminal(),
				document.isFailed(), document.usage());
	}

	/**
	 * Events that repeat what was said or bring an image may be large, and hold no text
	 * that is missed.
	 */
	@Override
	public AnswerDocument parseBeginning(byte[] bytes, int offset, int length) {
		ResponsesDocument document = ResponsesDocument.read(bytes, offset, length);
		String text = text(document);
		boolean missed = document.mayAdd() || (document.isTerminal() && this.lastOutput < 0);
		return new AnswerDocument((missed && text == null) ? "" : text, false, document.isFinished(),
				document.isTerminal(), document.isFailed(), document.usage());
	}

	private @Nullable String text(ResponsesDocument document) {
		if (document.response() != null) {
			return (this.lastOutput < 0) ? String.join(INTERRUPTION, document.response()) : null;
		}
		String delta = document.delta();
		if (delta == null || delta.isEmpty() || !document.isWhole()) {
			return null;
		}
		boolean interrupted = this.lastOutput >= 0 && this.lastOutput != document.output();
		this.lastOutput = document.output();
		return interrupted ? INTERRUPTION + delta : delta;
	}

}
