package io.memoryrouter.memory.autoconfigure;

import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The embedder in this process. It loads its model beside the rest of the start.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(TextEmbedder.class)
class EmbedderConfiguration {

	@Bean
	OnnxTextEmbedder textEmbedder(MemoryProperties properties) {
		return OnnxTextEmbedder.start(properties.embedding().settings());
	}

}
