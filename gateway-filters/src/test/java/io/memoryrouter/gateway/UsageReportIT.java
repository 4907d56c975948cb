package io.memoryrouter.gateway;

import java.util.List;
import java.util.stream.StreamSupport;

import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import io.memoryrouter.usage.UsageRecorder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator sees of usage, whatever becomes of the vault, the gateway and the
 * counting.
 */
class UsageReportIT extends AbstractUsageIT {

	@Test
	void usageWhenVaultIsErasedThenCountsStay() {
		chat(QUESTION);
		send(gateway.request("/v1/memory").header("X-Memory-Key", this.key.key().reveal()).DELETE(), 200);
		assertThat(counts(only("key"))).containsExactly(1, 2, 100, 7);
	}

	@Test
	void usageWhenGatewayIsRestartedThenCountsGoOn() {
		chat(QUESTION);
		gateway.close();
		gateway = startGateway();
		chat(QUESTION);
		JsonNode usage = only("key");
		assertThat(counts(usage)).containsExactly(2, 2, 200, 14);
		assertThat(usage.path("key").asString()).isEqualTo(this.key.record().id());
		assertThat(usage.path("name").asString()).isEqualTo("alice");
	}

	@Test
	void usageWhenAccountsDifferThenEachSeesItsOwn() {
		String other = this.account + "-other";
		IssuedKey bobs = issue(other, "bob");
		chat(QUESTION);
		send(gateway.post("/v1/chat/completions", QUESTION)
			.header("X-Memory-Key", bobs.key().reveal())
			.header("Authorization", "Bearer sk-bob"), 200);
		assertThat(only("key").path("name").asString()).isEqualTo("alice");
		assertThat(keysOf(other)).containsExactly(bobs.record().id());
		assertThat(keysOf(this.account)).containsExactly(this.key.record().id());
	}

	@Test
	void usageWhenMemoryKeyAsksThenIsRefused() {
		send(gateway.request("/v1/usage").header("Authorization", "Bearer " + this.key.key().reveal()), 401);
	}

	@Test
	void usageWhenCountingIsOffThenRequestsGoOnAndNothingIsCounted() {
		gateway.close();
		gateway = startGateway("memoryrouter.usage.enabled=false");
		assertThat(gateway.context().getBeansOfType(UsageRecorder.class)).isEmpty();
		chat(QUESTION);
		assertThat(usage(this.account, "key").path("data")).isEmpty();
		gateway.close();
		gateway = startGateway();
	}

	private static List<String> keysOf(String account) {
		return StreamSupport.stream(usage(account, "key").path("data").spliterator(), false)
			.map((sum) -> sum.path("key").asString())
			.toList();
	}

}
