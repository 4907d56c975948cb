package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens when there is no room: SQLite is told a greatest number of pages, which it
 * answers as it does a full disk.
 */
class FullDiskTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final VaultId VAULT = new VaultId("vault");

	private static final int NO_LIMIT = 1_000_000;

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private EmbeddedMemoryStore store;

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.store = new EmbeddedMemoryStore(this.database);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void appendWhenDiskIsFullThenFailsWholeAndGoesOnWhenThereIsRoomAgain() {
		append("before", 1);
		limitPages(pages() + 20);
		List<String> stored = new ArrayList<>(List.of("before0"));
		assertThatExceptionOfType(MemoryStoreException.class).isThrownBy(() -> {
			for (int i = 0; i < 1_000; i++) {
				append("batch" + i + ".", 5);
				for (int k = 0; k < 5; k++) {
					stored.add("batch" + i + "." + k);
				}
			}
		}).withMessageContaining("full").satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("text of"));
		assertThat(storedIds()).isEqualTo(stored);
		assertThatExceptionOfType(MemoryStoreException.class).isThrownBy(() -> append("still", 100));
		limitPages(NO_LIMIT);
		append("after", 100);
		assertThat(storedIds()).hasSize(stored.size() + 100).containsAll(stored);
		close();
		open();
		assertThat(storedIds()).hasSize(stored.size() + 100).containsAll(stored);
	}

	@Test
	void appendWhenOneInAGroupDoesNotFitThenTheOthersAreStored() {
		append("before", 1);
		limitPages(pages() + 40);
		List<Boolean> outcomes = Flux.range(0, 20)
			.flatMapSequential((i) -> this.store.append(VAULT, memories("id" + i + ".", (i == 10) ? 5_000 : 1))
				.map((ids) -> true)
				.onErrorReturn(MemoryStoreException.class, false), 20)
			.collectList()
			.block(TIMEOUT);
		assertThat(outcomes).hasSize(20);
		assertThat(outcomes.get(10)).isFalse();
		assertThat(outcomes).filteredOn((stored) -> stored).hasSize(19);
		assertThat(storedIds()).hasSize(20).noneMatch((id) -> id.startsWith("id10."));
	}

	private void append(String prefix, int count) {
		this.store.append(VAULT, memories(prefix, count)).block(TIMEOUT);
	}

	private static List<Memory> memories(String prefix, int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new Memory(prefix + i, VAULT, null, Role.USER, null,
					"text of " + prefix + i + "x".repeat(200), Instant.now(), false))
			.toList();
	}

	private List<String> storedIds() {
		return this.store.changes(VAULT, 0)
			.map((change) -> ((Change.Put) change).memory().id())
			.collectList()
			.block(TIMEOUT);
	}

	private int pages() {
		return pragma("PRAGMA page_count");
	}

	private void limitPages(int pages) {
		assertThat(pragma("PRAGMA max_page_count = " + pages)).isGreaterThanOrEqualTo(pages);
	}

	private int pragma(String sql) {
		Integer value = this.database.<Integer>write((connection) -> {
			try (Statement statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
				row.next();
				return row.getInt(1);
			}
		}).block(TIMEOUT);
		assertThat(value).isNotNull();
		return value;
	}

}
