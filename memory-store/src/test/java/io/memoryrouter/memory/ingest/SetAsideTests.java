package io.memoryrouter.memory.ingest;

import java.time.Duration;
import java.time.Instant;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SetAside}.
 */
class SetAsideTests {

	private Instant now = Instant.parse("2026-03-01T10:00:00Z");

	private final SetAside setAside = new SetAside(() -> this.now);

	@Test
	void isDueWhenNeverSetAsideThenTrue() {
		assertThat(this.setAside.isDue(memory(1, "a"))).isTrue();
	}

	@Test
	void isDueWhenSetAsideAgainThenWaitsTwiceAsLongUpToAnHour() {
		long[] seconds = { 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600 };
		for (long delay : seconds) {
			this.setAside.add(memory(1, "a"));
			pass(Duration.ofSeconds(delay).minusMillis(1));
			assertThat(this.setAside.isDue(memory(1, "a"))).isFalse();
			pass(Duration.ofMillis(1));
			assertThat(this.setAside.isDue(memory(1, "a"))).isTrue();
		}
	}

	@Test
	void isDueWhenTextWasChangedThenTrue() {
		this.setAside.add(memory(1, "a"));
		assertThat(this.setAside.isDue(memory(1, "b"))).isTrue();
		assertThat(this.setAside.isDue(memory(2, "a"))).isTrue();
	}

	@Test
	void removeWhenEmbeddedThenForgotten() {
		this.setAside.add(memory(1, "a"));
		this.setAside.remove(memory(1, "a"));
		assertThat(this.setAside.size()).isZero();
	}

	@Test
	void sizeWhenMemoryIsNotTriedAgainThenItIsForgotten() {
		this.setAside.add(memory(1, "a"));
		pass(Duration.ofHours(2));
		assertThat(this.setAside.size()).isZero();
	}

	@Test
	void addWhenFullThenOldestIsForgotten() {
		for (int i = 0; i <= SetAside.MAX_SIZE; i++) {
			this.setAside.add(memory(i, "a"));
		}
		assertThat(this.setAside.size()).isEqualTo(SetAside.MAX_SIZE);
		assertThat(this.setAside.isDue(memory(0, "a"))).isTrue();
		assertThat(this.setAside.isDue(memory(1, "a"))).isFalse();
	}

	private void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	private static Memory memory(int id, String text) {
		return new Memory("mem_" + id, new VaultId("v"), null, Role.USER, null, text, Instant.EPOCH, false);
	}

}
