package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.stream.BoundedText;
import io.memoryrouter.gateway.chat.stream.SseParser;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes as a stream of chunks and ends with {@code data: [DONE]}. Chunks
 * that are no JSON are passed over.
 */
final class OpenAiStreamAnswer implements AnswerParser {

	private static final String DONE = "[DONE]";

	private final SseParser events;

	private final BoundedText text;

	private boolean ended;

	private boolean finished;

	private boolean failed;

	private AnswerReader.@Nullable Usage usage;

	OpenAiStreamAnswer(int maxBytes) {
		this.events = new SseParser(this::event, maxBytes);
		this.text = new BoundedText(maxBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		this.events.accept(bytes, offset, length);
		this.ended |= this.events.isPending(DONE);
	}

	private void event(byte[] bytes, int offset, int length) {
		if (isDone(bytes, offset, length)) {
			this.ended = true;
			return;
		}
		OpenAiCompletion chunk = OpenAiCompletion.read(bytes, offset, length);
		if (!chunk.isWhole()) {
			return;
		}
		if (chunk.text() != null) {
			this.text.append(chunk.text());
		}
		this.finished |= chunk.isFinished();
		this.failed |= chunk.isFailed();
		this.usage = (chunk.usage() != null) ? chunk.usage() : this.usage;
	}

	private static boolean isDone(byte[] bytes, int offset, int length) {
		boolean same = length == DONE.length();
		for (int i = 0; same && i < length; i++) {
			same = bytes[offset + i] == DONE.charAt(i);
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
