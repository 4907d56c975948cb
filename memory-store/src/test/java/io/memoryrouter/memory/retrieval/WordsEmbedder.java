package io.memoryrouter.memory.retrieval;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.embedding.TextEmbedder;
import reactor.core.publisher.Mono;

/**
 * Embeds by words alone: texts that share words are close, and no two texts are farther
 * apart than the model's are, about 0.7.
 */
class WordsEmbedder implements TextEmbedder {

	private static final int DIMENSIONS = 64;

	private static final double COMMON = 0.72;

	final AtomicInteger queries = new AtomicInteger();

	@Override
	public String model() {
		return "words";
	}

	@Override
	public int dimensions() {
		return DIMENSIONS;
	}

	@Override
	public Mono<Embedding> embedQuery(String text) {
		return Mono.fromSupplier(() -> {
			this.queries.incrementAndGet();
			return embed(text);
		});
	}

	@Override
	public Mono<List<Embedding>> embedPassages(List<String> texts) {
		return Mono.fromSupplier(() -> texts.stream().map(this::embed).toList());
	}

	Embedding embed(String text) {
		double[] own = new double[DIMENSIONS];
		for (TextAnalysis.Term term : TextAnalysis.terms(text)) {
			if (!term.functionWord()) {
				Random random = new Random(term.value().hashCode());
				for (int i = 1; i < DIMENSIONS; i++) {
					own[i] += random.nextGaussian();
				}
			}
		}
		double length = 0;
		for (double component : own) {
			length += component * component;
		}
		float[] vector = new float[DIMENSIONS];
		double scale = (length > 0) ? Math.sqrt((1 - COMMON) / length) : 0;
		for (int i = 1; i < DIMENSIONS; i++) {
			vector[i] = (float) (own[i] * scale);
		}
		vector[0] = (float) ((length > 0) ? Math.sqrt(COMMON) : 1);
		return new Embedding(model(), vector);
	}

}
