package io.memoryrouter.memory.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.CachingMemoryKeyService;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.keys.KeyRepository;
import io.memoryrouter.keys.MemoryKeyService;
import io.memoryrouter.keys.embedded.EmbeddedAdministration;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.keys.embedded.EmbeddedProviderKeyRepository;
import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.encryption.MissingEncryptionKeysException;
import io.memoryrouter.keys.provider.EncryptedProviderKeyService;
import io.memoryrouter.keys.provider.ProviderKey;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.keys.provider.ProviderKeyService;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabaseException;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.memory.ingest.DurableMemoryIngestor;
import io.memoryrouter.memory.ingest.Redactor;
import io.memoryrouter.memory.ingest.SecretRedactor;
import io.memoryrouter.memory.observation.MemoryMetrics;
import io.memoryrouter.memory.receipt.InProcessReceiptStore;
import io.memoryrouter.memory.receipt.ReceiptStore;
import io.memoryrouter.memory.retrieval.IndexedMemoryRetriever;
import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageQuery.Grouping;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageSource;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import io.memoryrouter.usage.embedded.EmbeddedUsageStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link MemoryAutoConfiguration}.
 */
class MemoryAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@TempDir
	private Path temporary;

	private final TextEmbedder embedder = embedder();

	/** With an embedder that loads no model, which is what takes the time. */
	private ApplicationContextRunner runner;

	private ApplicationContextRunner runnerWithModel;

	@BeforeEach
	void setUp() {
		this.runnerWithModel = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MemoryAutoConfiguration.class))
			.withPropertyValues("memoryrouter.store.embedded.path=" + this.temporary.resolve("data"));
		this.runner = this.runnerWithModel.withBean(TextEmbedder.class, () -> this.embedder);
	}

	private static TextEmbedder embedder() {
		TextEmbedder embedder = mock(TextEmbedder.class);
		given(embedder.model()).willReturn("own");
		given(embedder.dimensions()).willReturn(1);
		return embedder;
	}

	@Test
	void contextWhenNothingIsConfiguredThenAllBeansAreThere() {
		this.runnerWithModel.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(OnnxTextEmbedder.class)
			.hasSingleBean(EmbeddedDatabase.class)
			.hasSingleBean(EmbeddedMemoryStore.class)
			.hasSingleBean(IndexedMemoryRetriever.class)
			.hasSingleBean(SecretRedactor.class)
			.hasSingleBean(DurableMemoryIngestor.class)
			.hasSingleBean(EmbeddedKeyRepository.class)
			.hasSingleBean(CachingMemoryKeyService.class)
			.hasSingleBean(InProcessReceiptStore.class)
			.hasSingleBean(EmbeddedUsageStore.class)
			.hasSingleBean(UsageRecorder.class)
			.hasSingleBean(AdminTokens.class));
	}

	@Test
	void contextWhenClosedThenFolderIsFreeForTheNextOne() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void contextWhenMeterRegistryIsThereThenIngestIsMeasured() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(
					context.getBean(MeterRegistry.class).find(MemoryMetrics.INGEST_MEMORIES).counter())
				.isNotNull());
	}

	@Test
	void textEmbedderWhenApplicationHasOneThenBacksOff() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(OnnxTextEmbedder.class)
			.getBean(TextEmbedder.class)
			.isSameAs(this.embedder));
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
	void usageRecorderWhenSwitchedOffThenNothingIsCounted() {
		this.runner.withPropertyValues("memoryrouter.usage.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UsageRecorder.class));
	}

	@Test
	void usageRecorderWhenContextClosesThenWhatWasCountedIsWritten() {
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		this.runner.withPropertyValues("memoryrouter.usage.flush-interval=1h")
			.run((context) -> context.getBean(UsageRecorder.class)
				.record(new UsageSource("acme", "key_1", null, null), UsageCounts.ofRequest(7)));
		this.runner.run((context) -> assertThat(context.getBean(UsageStore.class)
			.sum(new UsageQuery("acme", today.minusDays(1), today.plusDays(1), Grouping.KEY, 10))
			.collectList()
			.block(LIMIT)).containsExactly(new UsageSum("key_1", null, null, null, UsageCounts.ofRequest(7))));
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
	void redactorWhenSwitchedOffThenTextsStayAsTheyAre() {
		this.runner.withPropertyValues("memoryrouter.ingest.redact-secrets=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SecretRedactor.class)
				.hasSingleBean(Redactor.class));
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
	void providerKeyRepositoryWhenApplicationHasOneAndNoKeyIsConfiguredThenStoringIsRefused() {
		ProviderKeyRepository own = mock(ProviderKeyRepository.class);
		this.runner.withBean(ProviderKeyRepository.class, () -> own).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedProviderKeyRepository.class);
			assertThat(this.temporary.resolve("data").resolve("encryption-keys.json")).doesNotExist();
			ProviderKeyService service = context.getBean(ProviderKeyService.class);
			assertThatExceptionOfType(MissingEncryptionKeysException.class)
				.isThrownBy(() -> service.put("acme", "openai", new ProviderKey("sk-12345678")).block(LIMIT));
		});
	}

	@Test
	void encryptionKeysWhenTheyAreConfiguredThenNoneAreMade() {
		this.runner
			.withPropertyValues("memoryrouter.encryption.jwkset=" + EncryptionKeys.generate("mine", new SecureRandom()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EncryptionKeySource.class).keys().ids()).containsExactly("mine");
				assertThat(this.temporary.resolve("data").resolve("encryption-keys.json")).doesNotExist();
			});
	}

	@Test
	void encryptionKeysWhenTheyAreInAFileThenTheyAreRead() throws IOException {
		Path file = Files.writeString(this.temporary.resolve("my keys.json"),
				EncryptionKeys.generate("mine", new SecureRandom()));
		for (String location : List.of("file:" + file, file.toUri().toString())) {
			this.runner.withPropertyValues("memoryrouter.encryption.jwkset=" + location).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EncryptionKeySource.class).keys().ids()).containsExactly("mine");
			});
		}
	}

	@Test
	void encryptionKeysWhenTheyCannotBeUsedThenStartFailsAndNamesThePropertyButNoKey() {
		for (String set : List.of("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"c2hvcnQ\"}]}", "c2hvcnQ")) {
			this.runner.withPropertyValues("memoryrouter.encryption.jwkset=" + set).run((context) -> {
				Throwable root = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
				assertThat(root).hasMessageContaining("memoryrouter.encryption.jwkset");
				assertThat(root.getMessage()).doesNotContain("c2hvcnQ");
			});
		}
	}

	@Test
	void encryptionKeysEndpointThenItIsThereWhereItIsExposedAlone() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EncryptionKeysEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=encryptionkeys").run((context) -> {
			EncryptionKeysEndpoint.KeysDescriptor keys = context.getBean(EncryptionKeysEndpoint.class)
				.keys()
				.block(LIMIT);
			assertThat(keys.keys()).hasSize(1)
				.allMatch((key) -> key.current() && key.known() && key.storedKeys() == 0 && !key.removable());
		});
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

	@Test
	void firstStartWhenTokenIsConfiguredAndTheStartWasToldThenThereIsNone() {
		ApplicationContextRunner configured = this.runner
			.withPropertyValues("memoryrouter.admin.token=0123456789abcdef");
		configured.run((context) -> {
			assertThat(context.getBean(AdminTokens.class).accepts("0123456789abcdef")).isTrue();
			FirstStart firstStart = context.getBeanProvider(FirstStart.class).getIfAvailable();
			assertThat(firstStart).isNotNull();
			firstStart.acknowledge().block(Duration.ofSeconds(20));
		});
		configured.run((context) -> assertThat(context.getBeanProvider(FirstStart.class).getIfAvailable()).isNull());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					memoryrouter.embedding.workers=0           | workers is 1 to 64, not 0
					memoryrouter.embedding.queue-capacity=0    | queueCapacity is 1 to 100000, not 0
					memoryrouter.retrieval.threads=0           | threads is 1 to 64, not 0
					memoryrouter.retrieval.cache-size=0MB      | cache-size is positive, not 0B
					memoryrouter.ingest.max-text-length=10     | maxTextLength is 1,000 to 10,000,000
					memoryrouter.admin.token=short             | The administrator's token (memoryrouter.admin.token) must have at least 16 characters: configure a longer one
					memoryrouter.store.embedded.path=          | path is the name of a folder
					""")
	void propertiesWhenValueIsOutOfRangeThenStartFailsAndSaysWhy(String property, String reason) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).getFailure().hasRootCauseInstanceOf(IllegalArgumentException.class);
			assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure())).hasMessage(reason);
		});
	}

	@Test
	void propertiesWhenStoreTypeIsUnknownThenStartFails() {
		this.runnerWithModel.withPropertyValues("memoryrouter.store.type=cassandra")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("StoreType.cassandra"));
	}

	@Test
	void propertiesWhenPrintedThenTokenIsHidden() {
		this.runner.withPropertyValues("memoryrouter.admin.token=0123456789abcdef").run((context) -> {
			MemoryProperties properties = context.getBean(MemoryProperties.class);
			assertThat(properties.admin().token()).isEqualTo("0123456789abcdef");
			assertThat(properties.toString()).doesNotContain("0123456789abcdef").contains("token=***");
		});
	}

	@Test
	void databaseFailureWhenFolderIsAFileThenAnalysisNamesTheProperty() throws IOException {
		Files.writeString(this.temporary.resolve("data"), "no folder");
		this.runner.run((context) -> {
			FailureAnalysis analysis = new EmbeddedDatabaseFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getCause()).isInstanceOf(EmbeddedDatabaseException.class);
			assertThat(analysis.getDescription()).contains(this.temporary.resolve("data").toString());
			assertThat(analysis.getAction()).contains("memoryrouter.store.embedded.path");
		});
	}

}
