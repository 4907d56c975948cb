package io.memoryrouter.memory.embedding;

import io.memoryrouter.memory.Embedding;
import reactor.core.publisher.MonoSink;

/**
 * A text that waits for its vector, and who waits for it. Identity is what tells jobs
 * apart: two may ask for the same text.
 */
final class EmbeddingJob {

	private final Kind kind;

	private final String text;

	private final MonoSink<Embedding> sink;

	EmbeddingJob(Kind kind, String text, MonoSink<Embedding> sink) {
		this.kind = kind;
		this.text = text;
		this.sink = sink;
	}

	Kind kind() {
		return this.kind;
	}

	/** The text as the model wants it. */
	String prefixedText() {
		return this.kind.prefix + this.text;
	}

	void complete(Embedding embedding) {
		this.sink.success(embedding);
	}

	void fail(Throwable failure) {
		this.sink.error(failure);
	}

	/** What a text is to be compared as; the model was trained with these prefixes. */
	enum Kind {

		QUERY("query: "), PASSAGE("passage: ");

		private final String prefix;

		Kind(String prefix) {
			this.prefix = prefix;
		}

	}

}
