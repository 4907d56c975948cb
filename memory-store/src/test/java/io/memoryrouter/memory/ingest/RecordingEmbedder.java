package io.memoryrouter.memory.ingest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.embedding.EmbeddingException;
import io.memoryrouter.memory.embedding.TextEmbedder;
import reactor.core.publisher.Mono;

/**
 * An embedder that notes what it is given and can be told to fail.
 */
final class RecordingEmbedder implements TextEmbedder {

	final List<List<String>> batches = new CopyOnWriteArrayList<>();

	volatile Predicate<String> refused = (text) -> false;

	volatile Mono<Void> gate = Mono.empty();

	@Override
	public String model() {
		return "recording";
	}

	@Override
	public int dimensions() {
		return 1;
	}

	@Override
	public Mono<Embedding> embedQuery(String text) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<List<Embedding>> embedPassages(List<String> texts) {
		return this.gate.then(Mono.fromCallable(() -> {
			this.batches.add(List.copyOf(texts));
			if (texts.stream().anyMatch(this.refused)) {
				throw new EmbeddingException("refused");
			}
			return texts.stream().map((text) -> new Embedding(model(), new float[] { 1 })).toList();
		}));
	}

}
