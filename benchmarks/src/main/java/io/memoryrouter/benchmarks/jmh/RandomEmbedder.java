package io.memoryrouter.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.embedding.TextEmbedder;
import reactor.core.publisher.Mono;

/**
 * Makes vectors up, in no time. As the real model's, they are all on one side: no two are
 * farther apart than 0.7.
 */
final class RandomEmbedder implements TextEmbedder {

	private static final int DIMENSIONS = 384;

	private static final double COMMON = 0.8;

	private final Random random = new Random(7);

	@Override
	public String model() {
		return "random";
	}

	@Override
	public int dimensions() {
		return DIMENSIONS;
	}

	@Override
	public Mono<Embedding> embedQuery(String text) {
		return Mono.just(next());
	}

	@Override
	public Mono<List<Embedding>> embedPassages(List<String> texts) {
		List<Embedding> embeddings = new ArrayList<>(texts.size());
		texts.forEach((text) -> embeddings.add(next()));
		return Mono.just(embeddings);
	}

	private synchronized Embedding next() {
		float[] vector = new float[DIMENSIONS];
		double scale = Math.sqrt((1 - COMMON) / (DIMENSIONS - 1));
		vector[0] = (float) Math.sqrt(COMMON);
		for (int i = 1; i < DIMENSIONS; i++) {
			vector[i] = (float) (scale * this.random.nextGaussian());
		}
		return new Embedding(model(), vector);
	}

}
