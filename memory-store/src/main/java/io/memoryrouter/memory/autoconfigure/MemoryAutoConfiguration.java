package io.memoryrouter.memory.autoconfigure;

import java.time.Clock;

import io.memoryrouter.keys.CachingMemoryKeyService;
import io.memoryrouter.keys.KeyRepository;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.MemoryKeyService;
import io.memoryrouter.keys.StoredMemoryKeyManager;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.ingest.DurableMemoryIngestor;
import io.memoryrouter.memory.ingest.Redactor;
import io.memoryrouter.memory.ingest.SecretRedactor;
import io.memoryrouter.memory.retrieval.IndexedMemoryRetriever;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of memory: a store, an embedder that runs in this process, recall,
 * ingestion and Memory Keys.
 */
@AutoConfiguration
@EnableConfigurationProperties({ MemoryProperties.class, ReceiptProperties.class, UsageProperties.class })
@Import({ EmbedderConfiguration.class, EmbeddedStoreConfiguration.class, ProviderKeyConfiguration.class,
		UsageConfiguration.class })
public final class MemoryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(MemoryRetriever.class)
	IndexedMemoryRetriever memoryRetriever(MemoryStore store, TextEmbedder embedder, MemoryProperties properties) {
		return new IndexedMemoryRetriever(store, embedder, properties.retrieval().settings());
	}

	@Bean
	@ConditionalOnBean(IndexedMemoryRetriever.class)
	RecallReadiness recallReadiness(IndexedMemoryRetriever retriever) {
		return new RecallReadiness(retriever);
	}

	@Bean
	@ConditionalOnMissingBean
	Redactor redactor(MemoryProperties properties) {
		return properties.ingest().redactSecrets() ? new SecretRedactor() : Redactor.none();
	}

	@Bean
	@ConditionalOnMissingBean(MemoryIngestor.class)
	DurableMemoryIngestor memoryIngestor(MemoryStore store, TextEmbedder embedder, Redactor redactor,
			ObjectProvider<MeterRegistry> meters, MemoryProperties properties) {
		return new DurableMemoryIngestor(store, embedder, redactor, meters.getIfAvailable(CompositeMeterRegistry::new),
				properties.ingest().settings());
	}

	@Bean
	@ConditionalOnMissingBean(MemoryKeyService.class)
	CachingMemoryKeyService memoryKeyService(KeyRepository repository) {
		return new CachingMemoryKeyService(repository::findByHash);
	}

	@Bean
	@ConditionalOnMissingBean(MemoryKeyManager.class)
	StoredMemoryKeyManager memoryKeyManager(KeyRepository repository, ObjectProvider<CachingMemoryKeyService> cache) {
		return new StoredMemoryKeyManager(repository, (id) -> cache.ifAvailable((service) -> service.forget(id)),
				Clock.systemUTC());
	}

}
