package io.memoryrouter.memory.embedding;

import java.util.List;

import io.memoryrouter.memory.Embedding;
import reactor.core.publisher.Mono;

/**
 * Turns text into vectors whose dot product says how close two texts are in meaning.
 * <p>
 * Vectors have length 1. A text that is longer than the model's window is cut. Questions
 * go before passages where both wait. No call blocks its caller.
 */
public interface TextEmbedder {

	/**
	 * The id of the model, as it is kept with every vector: it changes when vectors made
	 * before can no longer be compared with new ones.
	 * @return the id, for instance {@code e5-small-v2-q8}
	 */
	String model();

	/**
	 * The number of components of a vector.
	 * @return the dimensions
	 */
	int dimensions();

	/**
	 * Embeds a question.
	 * @param text the question; not blank
	 * @return its vector
	 */
	Mono<Embedding> embedQuery(String text);

	/**
	 * Embeds passages that are to be found.
	 * @param texts the passages; none blank
	 * @return their vectors, in order
	 */
	Mono<List<Embedding>> embedPassages(List<String> texts);

}
