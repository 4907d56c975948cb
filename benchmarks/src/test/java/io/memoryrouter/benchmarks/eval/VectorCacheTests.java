package io.memoryrouter.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class VectorCacheTests {

	@TempDir
	private Path folder;

	@Test
	void getWhenWrittenByAnEarlierRunThenIsFound() throws IOException {
		try (VectorCache cache = VectorCache.open(this.folder, "m", 2)) {
			cache.put("first", new float[] { 0.5f, -1 });
			assertThat(cache.get("second")).isNull();
		}
		try (VectorCache cache = VectorCache.open(this.folder, "m", 2)) {
			assertThat(cache.get("first")).containsExactly(0.5f, -1);
		}
		try (VectorCache cache = VectorCache.open(this.folder, "other", 2)) {
			assertThat(cache.get("first")).isNull();
		}
	}

	@Test
	void openWhenLastEntryIsTornThenItIsCutOff() throws IOException {
		try (VectorCache cache = VectorCache.open(this.folder, "m", 2)) {
			cache.put("first", new float[] { 1, 2 });
		}
		Files.write(this.folder.resolve("m-2.vectors"), new byte[7], StandardOpenOption.APPEND);
		try (VectorCache cache = VectorCache.open(this.folder, "m", 2)) {
			cache.put("second", new float[] { 3, 4 });
		}
		try (VectorCache cache = VectorCache.open(this.folder, "m", 2)) {
			assertThat(cache.get("first")).containsExactly(1, 2);
			assertThat(cache.get("second")).containsExactly(3, 4);
		}
	}

}
