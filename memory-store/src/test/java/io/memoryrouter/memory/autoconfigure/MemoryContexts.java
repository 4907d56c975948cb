package io.memoryrouter.memory.autoconfigure;

import java.nio.file.Path;

import io.memoryrouter.memory.embedding.TextEmbedder;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Contexts of {@link MemoryAutoConfiguration}, each on a folder of its own.
 */
final class MemoryContexts {

	private MemoryContexts() {
	}

	/**
	 * Contexts as an application gets them.
	 * @param data the folder of the embedded store
	 * @return runs them
	 */
	static ApplicationContextRunner withModel(Path data) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MemoryAutoConfiguration.class))
			.withPropertyValues("memoryrouter.store.embedded.path=" + data);
	}

	/**
	 * Contexts with an embedder that loads no model, which is what takes the time.
	 * @param data the folder of the embedded store
	 * @return runs them
	 */
	static ApplicationContextRunner withoutModel(Path data) {
		TextEmbedder embedder = embedder();
		return withModel(data).withBean(TextEmbedder.class, () -> embedder);
	}

	private static TextEmbedder embedder() {
		TextEmbedder embedder = mock(TextEmbedder.class);
		given(embedder.model()).willReturn("own");
		given(embedder.dimensions()).willReturn(1);
		return embedder;
	}

}
