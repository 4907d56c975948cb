package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the bytes of the files for what was erased: for the texts themselves, and for
 * the keys without which sealed ones cannot be read.
 */
class ErasedBytesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final VaultId VAULT = new VaultId("vault");

	private static final int SESSIONS = 40;

	private static final int MEMORIES = 800;

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private EmbeddedMemoryStore store;

	private final List<Memory> memories = new ArrayList<>();

	@BeforeEach
	void fill() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.store = new EmbeddedMemoryStore(this.database);
		Random random = new Random(3);
		for (int i = 0; i < MEMORIES; i++) {
			String text = "canary-" + i + "-text " + "filler ".repeat(random.nextInt(300));
			this.memories.add(new Memory("id" + i, VAULT, new SessionId("s" + i % SESSIONS), Role.USER,
					"canary-" + i + "-name", text, Instant.now(), false));
		}
		for (int i = 0; i < MEMORIES; i += 100) {
			List<Memory> some = this.memories.subList(i, i + 100);
			this.store.append(VAULT, some).block(TIMEOUT);
			Map<Memory, Embedding> vectors = new HashMap<>();
			some.forEach((memory) -> vectors.put(memory, new Embedding("m", new float[random.nextInt(384)])));
			// Rows grow and move between pages: that is when stale copies are left.
			this.store.embed(VAULT, vectors).block(TIMEOUT);
		}
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void eraseWhenSessionThenNeitherItsTextsNorItsKeysAreInAnyFile() throws IOException {
		Map<String, byte[]> keys = keys();
		for (int session = 0; session < SESSIONS; session += 2) {
			this.store.erase(VAULT, new SessionId("s" + session)).block(TIMEOUT);
		}
		String files = files();
		for (int i = 0; i < MEMORIES; i++) {
			boolean erased = (i % SESSIONS) % 2 == 0;
			assertThat(files).doesNotContain("canary-" + i + "-");
			String key = new String(keys.get("id" + i), StandardCharsets.ISO_8859_1);
			assertThat(files.contains(key)).as("key of memory %d", i).isNotEqualTo(erased);
		}
	}

	@Test
	void eraseWhenMemoriesWereEditedOrDeletedBeforeThenTheirKeysAreGoneToo() throws IOException {
		Map<String, byte[]> keys = keys();
		for (int i = 0; i < 100; i++) {
			this.store.replaceText(VAULT, "id" + i, "canary-" + i + "-edited").block(TIMEOUT);
			this.store.delete(VAULT, "id" + (100 + i)).block(TIMEOUT);
		}
		Map<String, byte[]> newKeys = keys();
		String edited = files();
		for (int i = 0; i < 200; i++) {
			assertThat(edited.contains(new String(keys.get("id" + i), StandardCharsets.ISO_8859_1))).isFalse();
		}
		this.store.erase(VAULT, null).block(TIMEOUT);
		String files = files();
		assertThat(files).doesNotContain("canary");
		Stream.of(keys, newKeys)
			.flatMap((some) -> some.values().stream())
			.forEach((key) -> assertThat(files.contains(new String(key, StandardCharsets.ISO_8859_1))).isFalse());
	}

	@Test
	void deleteOrReplaceWhenItCompletesThenKeyIsInNoFile() throws IOException {
		Map<String, byte[]> keys = keys();
		for (int i = 0; i < 20; i++) {
			// Keeps the write-ahead log busy with other pages.
			this.store
				.append(VAULT,
						List.of(new Memory("new" + i, VAULT, null, Role.USER, null, "text", Instant.now(), false)))
				.block(TIMEOUT);
			if (i % 2 == 0) {
				this.store.delete(VAULT, "id" + i).block(TIMEOUT);
			}
			else {
				this.store.replaceText(VAULT, "id" + i, "edited").block(TIMEOUT);
			}
			assertThat(files().contains(new String(keys.get("id" + i), StandardCharsets.ISO_8859_1))).isFalse();
		}
	}

	@Test
	void deleteWhenManyComeAtOnceThenAllKeysAreGone() throws IOException {
		Map<String, byte[]> keys = keys();
		Flux.range(0, 400).flatMap((i) -> this.store.delete(VAULT, "id" + i), 100).blockLast(TIMEOUT);
		String files = files();
		for (int i = 0; i < 400; i++) {
			assertThat(files.contains(new String(keys.get("id" + i), StandardCharsets.ISO_8859_1))).isFalse();
		}
	}

	private Map<String, byte[]> keys() {
		return this.database.<Map<String, byte[]>>read((connection) -> {
			try (var statement = connection
				.prepareStatement("SELECT m.id, k.key FROM memory m JOIN seal k USING (sequence)");
					var rows = statement.executeQuery()) {
				Map<String, byte[]> keys = new HashMap<>();
				while (rows.next()) {
					keys.put(rows.getString(1), rows.getBytes(2));
				}
				return keys;
			}
		}).block(TIMEOUT);
	}

	private String files() throws IOException {
		StringBuilder content = new StringBuilder();
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.toList()) {
				content.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
			}
		}
		return content.toString();
	}

}
