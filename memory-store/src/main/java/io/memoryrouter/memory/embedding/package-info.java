/**
 * From text to vectors: the {@link io.memoryrouter.memory.embedding.TextEmbedder}
 * interface and the embedder that runs in this process.
 */
@NullMarked
package io.memoryrouter.memory.embedding;

import org.jspecify.annotations.NullMarked;
