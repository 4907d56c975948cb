package io.memoryrouter.memory;

/**
 * The vector of a text, and the model that made it. Vectors of different models are never
 * compared.
 *
 * @param model the id of the model, {@link io.memoryrouter.memory.embedding.TextEmbedder}
 * @param vector the components, of length 1 together: the dot product of two is the
 * cosine of their angle, from −1 to 1, greater is closer. Not copied: do not change it
 */
public record Embedding(String model, float[] vector) {

}
