package io.memoryrouter.memory.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.CachingMemoryKeyService;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabaseException;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.ingest.DurableMemoryIngestor;
import io.memoryrouter.memory.ingest.Redactor;
import io.memoryrouter.memory.ingest.SecretRedactor;
import io.memoryrouter.memory.observation.MemoryMetrics;
import io.memoryrouter.memory.receipt.InProcessReceiptStore;
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

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link MemoryAutoConfiguration}.
 */
class MemoryAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@TempDir
	private Path temporary;

	private ApplicationContextRunner runner;

	private ApplicationContextRunner runnerWithModel;

	@BeforeEach
	void setUp() {
		Path data = this.temporary.resolve("data");
		this.runnerWithModel = MemoryContexts.withModel(data);
		this.runner = MemoryContexts.withoutModel(data);
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
	void redactorWhenSwitchedOffThenTextsStayAsTheyAre() {
		this.runner.withPropertyValues("memoryrouter.ingest.redact-secrets=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SecretRedactor.class)
				.hasSingleBean(Redactor.class));
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
