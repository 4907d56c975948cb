package io.memoryrouter.memory.tck;

import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Vaults whose names are near each other, with the same ids and sessions in them.
 */
abstract class IsolationContract extends Contract {

	private static final List<VaultId> VAULTS = List.of(new VaultId("a"), new VaultId("A"), new VaultId("a_"),
			new VaultId("a-"), new VaultId("aa"), new VaultId("_"), new VaultId("-"), new VaultId("1"),
			new VaultId("01"));

	@Test
	void callsWhenIdsAndSessionsAreTheSameThenReachTheirVaultOnly() {
		VAULTS.forEach((vault) -> append(vault, memory(vault, "x", "in " + vault), memory(vault, "y", "also")));
		for (VaultId vault : VAULTS) {
			assertThat(find(vault, "x")).containsExactly(memory(vault, "x", "in " + vault));
			assertThat(listAll(vault, MemoryFilter.ALL, 1)).hasSize(2)
				.allSatisfy((memory) -> assertThat(memory.vault()).isEqualTo(vault));
			assertThat(listAll(vault, new MemoryFilter(SESSION, null, "in", null, null), 10)).hasSize(1);
			assertThat(changes(vault, 0)).hasSize(2)
				.allSatisfy((change) -> assertThat(((Change.Put) change).memory().vault()).isEqualTo(vault));
			assertThat(await(store().stats(vault)).memories()).isEqualTo(2);
		}
	}

	@Test
	void changesWhenOtherVaultsAreWrittenThenAreNone() {
		append(VAULTS.get(0), memory(VAULTS.get(0), "x", "one"));
		append(VAULTS.get(1), memory(VAULTS.get(1), "x", "two"));
		long end = end(VAULTS.get(0));
		long otherEnd = end(VAULTS.get(1));
		VaultId other = VAULTS.get(1);
		await(store().replaceText(other, "x", "three"));
		store().embed(other, Map.of(memory(other, "x", "three"), embedding("m", 1))).block(TIMEOUT);
		await(store().delete(other, "x"));
		erase(other, null);
		assertThat(changes(VAULTS.get(0), end)).isEmpty();
		assertThat(changes(other, otherEnd)).hasSize(1);
		assertThat(find(VAULTS.get(0), "x")).hasSize(1);
	}

	@Test
	void writesWhenNamingAnotherVaultsMemoryThenChangeNothing() {
		VaultId vault = VAULTS.get(0);
		VaultId other = VAULTS.get(1);
		Memory memory = memory(vault, "x", "one");
		append(vault, memory);
		long end = end(vault);
		assertThat(await(store().delete(other, "x"))).isFalse();
		assertThat(store().replaceText(other, "x", "two").blockOptional(TIMEOUT)).isEmpty();
		store().embed(other, Map.of(memory, embedding("m", 1))).block(TIMEOUT);
		assertThat(erase(other, SESSION).deleted()).isZero();
		assertThat(changes(vault, end)).isEmpty();
		assertThat(onlyPut(vault).memory()).isEqualTo(memory);
	}

}
