package io.memoryrouter.sample.demo;

import java.time.Instant;
import java.util.List;

import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandedMemoriesTests {

	@Test
	void inWhenMessageHasBlockOfTheGatewayThenFindsItsMemories() {
		String block = MemoryBlock.render(List.of(recalled("2026-11-23T10:00:00Z", Role.USER, "My name is Alice."),
				recalled("2026-11-24T10:00:00Z", Role.ASSISTANT, "Noted:\nAlice.")));
		HandedMemories handed = HandedMemories.in(List.of("Hello.", "Who am I?" + MemoryBlock.SEPARATOR + block));
		assertThat(handed.memories()).containsExactly("[2026-11-23] user: My name is Alice.",
				"[2026-11-24] assistant: Noted:\n  Alice.");
	}

	@Test
	void inWhenTextOnlyLooksLikeMemoriesThenFindsNone() {
		assertThat(HandedMemories.in(List.of("[2026-11-23] user: not in a block")).memories()).isEmpty();
	}

	@Test
	void describeWhenThereAreMemoriesThenListsThem() {
		HandedMemories handed = new HandedMemories(List.of("[2026-11-23] user: My name is Alice."));
		assertThat(handed.describe()).contains("I was handed 1 memory:", "\n[2026-11-23] user: My name is Alice.\n");
	}

	@Test
	void describeWhenThereAreNoneThenSaysSo() {
		assertThat(new HandedMemories(List.of()).describe()).contains("I was handed no memories.");
	}

	@Test
	void describeIsNotRememberedByTheGateway() {
		assertThat(MemoryBlock.strip(new HandedMemories(List.of()).describe())).isEmpty();
		HandedMemories handed = new HandedMemories(List.of("[2026-11-23] user: Hi.", "[2026-11-23] user: Bye."));
		assertThat(MemoryBlock.strip(handed.describe())).isEmpty();
	}

	private static Recall.Recalled recalled(String time, Role role, String text) {
		Memory memory = new Memory("mem_" + time, new VaultId("alice"), null, role, null, text, Instant.parse(time),
				false);
		return new Recall.Recalled(memory, 1, 5);
	}

}
