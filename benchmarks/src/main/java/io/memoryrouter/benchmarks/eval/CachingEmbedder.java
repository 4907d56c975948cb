package io.memoryrouter.benchmarks.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.embedding.TextEmbedder;
import reactor.core.publisher.Mono;

/**
 * Embeds passages once and for all runs. Questions are embedded every time, so that what
 * they cost is measured.
 */
final class CachingEmbedder implements TextEmbedder {

	private final TextEmbedder delegate;

	private final VectorCache cache;

	CachingEmbedder(TextEmbedder delegate, VectorCache cache) {
		this.delegate = delegate;
		this.cache = cache;
	}

	@Override
	public String model() {
		return this.delegate.model();
	}

	@Override
	public int dimensions() {
		return this.delegate.dimensions();
	}

	@Override
	public Mono<Embedding> embedQuery(String text) {
		return this.delegate.embedQuery(text);
	}

	@Override
	public Mono<List<Embedding>> embedPassages(List<String> texts) {
		List<String> missing = texts.stream().filter((text) -> this.cache.get(text) == null).distinct().toList();
		if (missing.isEmpty()) {
			return Mono.just(cached(texts));
		}
		return this.delegate.embedPassages(missing).map((embeddings) -> {
			for (int i = 0; i < missing.size(); i++) {
				this.cache.put(missing.get(i), embeddings.get(i).vector());
			}
			return cached(texts);
		});
	}

	private List<Embedding> cached(List<String> texts) {
		List<Embedding> embeddings = new ArrayList<>(texts.size());
		for (String text : texts) {
			embeddings.add(new Embedding(model(), Objects.requireNonNull(this.cache.get(text))));
		}
		return embeddings;
	}

}
