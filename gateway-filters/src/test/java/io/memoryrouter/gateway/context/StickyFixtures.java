package io.memoryrouter.gateway.context;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.MemoryControls;
import io.memoryrouter.gateway.request.MemoryPlan;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/** Requests and recollections for the tests of what is remembered of them. */
final class StickyFixtures {

	static final VaultId ALICE = new VaultId("alice");

	static final VaultId BOB = new VaultId("bob");

	private static final String PATH = "/v1/chat/completions";

	private StickyFixtures() {
	}

	static KeyContext key(VaultId vault, VaultId... readVaults) {
		return new KeyContext(new KeyRecord("key_1", "default", "test", vault, List.of(readVaults), KeyMode.ON,
				Instant.EPOCH, null, null), KeyMode.ON);
	}

	/** A conversation of users' and assistants' messages by turns. */
	static ChatCall call(@Nullable SessionId session, String... texts) {
		List<String> messages = new ArrayList<>();
		for (int i = 0; i < texts.length; i++) {
			messages
				.add("{\"role\":\"" + ((i % 2 == 0) ? "user" : "assistant") + "\",\"content\":\"" + texts[i] + "\"}");
		}
		return rawCall(session, messages.toArray(String[]::new));
	}

	static ChatCall rawCall(@Nullable SessionId session, String... messages) {
		Dialect dialect = Dialect.of(HttpMethod.POST, PATH);
		byte[] body = ("{\"messages\":[" + String.join(",", messages) + "]}").getBytes(StandardCharsets.UTF_8);
		MemoryControls controls = new MemoryControls(MemoryControls.Mode.ON, true, true, null, RecallQuery.Scope.VAULT,
				false, session);
		return new ChatCall(dialect, dialect.read(PATH, body), controls, new MemoryPlan("on", true, true, true, true),
				key(ALICE), Instant.EPOCH);
	}

	static Recall recall(String id, VaultId vault, @Nullable SessionId session) {
		Memory memory = new Memory(id, vault, session, Role.USER, null, "the text of " + id, Instant.EPOCH, false);
		return new Recall(Recall.Outcome.HIT, List.of(new Recall.Recalled(memory, 1, 7)), 7, Duration.ZERO,
				Duration.ZERO);
	}

	static Recollection recollection(String id) {
		return Recollection.of(recall(id, ALICE, null));
	}

}
