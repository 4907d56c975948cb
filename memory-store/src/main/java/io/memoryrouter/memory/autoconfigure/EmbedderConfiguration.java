package io.memoryrouter.memory.autoconfigure;

import java.time.Duration;

import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The embedder in this process. It loads its model beside the rest of the start; the
 * application counts as ready when that is done.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(TextEmbedder.class)
class EmbedderConfiguration {

	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	@Bean
	OnnxTextEmbedder textEmbedder(MemoryProperties properties) {
		return OnnxTextEmbedder.start(properties.embedding().settings());
	}

	/*
	 * A model that cannot be loaded does not keep the application from starting: requests
	 * then go on without memory, and say so.
	 */
	@Bean
	ApplicationRunner textEmbedderReadiness(OnnxTextEmbedder embedder) {
		return (arguments) -> embedder.ready().timeout(MAX_WAIT).onErrorComplete().block();
	}

}
