package io.memoryrouter.memory.autoconfigure;

import java.nio.file.Path;

import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.CachingMemoryKeyService;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.keys.KeyRepository;
import io.memoryrouter.keys.MemoryKeyService;
import io.memoryrouter.keys.embedded.EmbeddedAdministration;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.keys.provider.EncryptedProviderKeyService;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.keys.provider.ProviderKeyService;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.memory.ingest.DurableMemoryIngestor;
import io.memoryrouter.memory.ingest.Redactor;
import io.memoryrouter.memory.receipt.InProcessReceiptStore;
import io.memoryrouter.memory.receipt.ReceiptStore;
import io.memoryrouter.memory.retrieval.IndexedMemoryRetriever;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.embedded.EmbeddedUsageStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Beans that an application has itself take the place of those of
 * {@link MemoryAutoConfiguration}.
 */
class OwnBeansTests {

	@TempDir
	private Path temporary;

	private ApplicationContextRunner runner;

	@BeforeEach
	void setUp() {
		this.runner = MemoryContexts.withoutModel(this.temporary.resolve("data"));
	}

	@Test
	void textEmbedderWhenApplicationHasOneThenBacksOff() {
		TextEmbedder own = mock(TextEmbedder.class);
		given(own.model()).willReturn("own");
		given(own.dimensions()).willReturn(1);
		MemoryContexts.withModel(this.temporary.resolve("data"))
			.withBean(TextEmbedder.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(OnnxTextEmbedder.class)
				.getBean(TextEmbedder.class)
				.isSameAs(own));
	}

	@Test
	void embeddedDatabaseWhenApplicationHasOneThenBacksOff() {
		EmbeddedDatabase own = EmbeddedDatabase.open(this.temporary.resolve("own"));
		this.runner.withBean(EmbeddedDatabase.class, () -> own).run((context) -> {
			assertThat(context).hasNotFailed().getBean(EmbeddedDatabase.class).isSameAs(own);
			assertThat(this.temporary.resolve("data")).doesNotExist();
		});
	}

	@Test
	void memoryStoreWhenApplicationHasOneThenBacksOff() {
		MemoryStore own = mock(MemoryStore.class, (call) -> Flux.empty());
		this.runner.withBean(MemoryStore.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EmbeddedMemoryStore.class)
				.getBean(MemoryStore.class)
				.isSameAs(own));
	}

	@Test
	void receiptStoreWhenApplicationHasOneThenBacksOff() {
		ReceiptStore own = mock(ReceiptStore.class);
		this.runner.withBean(ReceiptStore.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(InProcessReceiptStore.class)
				.getBean(ReceiptStore.class)
				.isSameAs(own));
	}

	@Test
	void usageStoreWhenApplicationHasOneThenBacksOff() {
		UsageStore own = mock(UsageStore.class);
		this.runner.withBean(UsageStore.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EmbeddedUsageStore.class)
				.hasSingleBean(UsageRecorder.class)
				.getBean(UsageStore.class)
				.isSameAs(own));
	}

	@Test
	void memoryRetrieverWhenApplicationHasOneThenBacksOff() {
		MemoryRetriever own = mock(MemoryRetriever.class);
		this.runner.withBean(MemoryRetriever.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(IndexedMemoryRetriever.class)
				.getBean(MemoryRetriever.class)
				.isSameAs(own));
	}

	@Test
	void redactorWhenApplicationHasOneThenBacksOff() {
		Redactor own = Redactor.none();
		this.runner.withBean(Redactor.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed().getBean(Redactor.class).isSameAs(own));
	}

	@Test
	void memoryIngestorWhenApplicationHasOneThenBacksOff() {
		MemoryIngestor own = mock(MemoryIngestor.class);
		this.runner.withBean(MemoryIngestor.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(DurableMemoryIngestor.class)
				.getBean(MemoryIngestor.class)
				.isSameAs(own));
	}

	@Test
	void keyRepositoryWhenApplicationHasOneThenBacksOff() {
		KeyRepository own = mock(KeyRepository.class);
		this.runner.withBean(KeyRepository.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EmbeddedKeyRepository.class)
				.getBean(KeyRepository.class)
				.isSameAs(own));
	}

	@Test
	void memoryKeyServiceWhenApplicationHasOneThenBacksOff() {
		MemoryKeyService own = mock(MemoryKeyService.class);
		this.runner.withBean(MemoryKeyService.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CachingMemoryKeyService.class)
				.getBean(MemoryKeyService.class)
				.isSameAs(own));
	}

	@Test
	void providerKeyServiceWhenApplicationHasOneThenBacksOff() {
		ProviderKeyService own = mock(ProviderKeyService.class);
		this.runner.withBean(ProviderKeyService.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EncryptedProviderKeyService.class)
				.getBean(ProviderKeyService.class)
				.isSameAs(own));
	}

	@Test
	void adminTokensWhenApplicationHasOnesThenBacksOff() {
		AdminTokens own = AdminTokens.none();
		this.runner.withBean(AdminTokens.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EmbeddedAdministration.class)
				.doesNotHaveBean(FirstStart.class)
				.getBean(AdminTokens.class)
				.isSameAs(own));
	}

	@Test
	void embeddedDatabaseWhenNothingIsKeptInItThenNoFolderIsMade() {
		MemoryStore own = mock(MemoryStore.class, (call) -> Flux.empty());
		this.runner.withBean(MemoryStore.class, () -> own)
			.withBean(KeyRepository.class, () -> mock(KeyRepository.class))
			.withBean(ProviderKeyRepository.class, () -> mock(ProviderKeyRepository.class))
			.withBean(IdempotencyStore.class, () -> mock(IdempotencyStore.class))
			.withBean(UsageStore.class, () -> mock(UsageStore.class))
			.withBean(AdminTokens.class, AdminTokens::none)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(this.temporary.resolve("data")).doesNotExist();
			});
	}

}
