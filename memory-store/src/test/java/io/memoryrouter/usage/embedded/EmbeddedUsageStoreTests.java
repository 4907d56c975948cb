package io.memoryrouter.usage.embedded;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageQuery.Grouping;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import io.memoryrouter.usage.tck.UsageStoreContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of a store of usage, on the embedded one.
 */
class EmbeddedUsageStoreTests extends UsageStoreContract {

	private static final Instant NOW = Instant.parse("2026-03-01T23:59:59Z");

	private static final int RETENTION_DAYS = 400;

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	@Override
	protected UsageStore openStore() {
		this.database = EmbeddedDatabase.open(this.folder);
		return new EmbeddedUsageStore(this.database, Duration.ofDays(RETENTION_DAYS), Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@Override
	protected void closeStore() {
		this.database.close();
	}

	@Override
	protected LocalDate today() {
		return LocalDate.of(2026, 3, 1);
	}

	@Test
	void addWhenDaysArePastTheRetentionThenTheyGo() {
		add("r", 1, entry(source("old", null, null), RETENTION_DAYS + 1, requests(1)),
				entry(source("kept", null, null), RETENTION_DAYS, requests(1)));
		add("r", 2, entry(source("new", null, null), 0, requests(1)));
		assertThat(sum(new UsageQuery("acme", LocalDate.EPOCH, today(), Grouping.KEY, 100))).extracting(UsageSum::key)
			.containsExactlyInAnyOrder("kept", "new");
	}

	@Test
	void addWhenStoreIsClosedThenFails() {
		UsageStore store = new EmbeddedUsageStore(this.database, Duration.ofDays(1), Clock.systemUTC());
		this.database.close();
		StepVerifier.create(store.add(new UsageBatch("r", 1, List.of())))
			.expectError(MemoryStoreException.class)
			.verify(TIMEOUT);
	}

}
