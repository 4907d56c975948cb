package io.memoryrouter.gateway.promptcache;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What memory leaves of a provider's prompt cache: a conversation of ten turns and an
 * eleventh with a tool loop of five steps, with the embedded store and its recall. What
 * the provider gets is compared with the same conversation without memory.
 */
class PromptCacheIT {

	private static final int TURNS = 10;

	private static final int TOOL_STEPS = 5;

	/** What is known from before, and the question that it answers. */
	private static final List<List<String>> FACTS = List.of(
			List.of("My dog Rex is a beagle.", "What breed is my dog Rex?"),
			List.of("I work as a nurse in a hospital.", "What do I work as in the hospital?"),
			List.of("My sister Clara lives in Lisbon.", "Where does my sister Clara live?"),
			List.of("I am allergic to peanuts.", "Which food am I allergic to, peanuts?"),
			List.of("My bicycle is a red Brompton.", "Which colour is my bicycle, the Brompton?"),
			List.of("I play the cello in an orchestra.", "Which instrument do I play in the orchestra?"),
			List.of("Our garden has three apple trees.", "How many apple trees are in our garden?"),
			List.of("My favourite film is Casablanca.", "What is my favourite film?"),
			List.of("I was born in Zagreb.", "In which city was I born, Zagreb?"),
			List.of("On Sundays I sail on the lake.", "Where do I sail on Sundays?"),
			List.of("My son Tim studies chemistry.", "What does my son Tim study?"));

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = ConversationDialect.all(GatewayExtension.withStore(provider))
		.with("memoryrouter.context.deadline=20s")
		.route(Route.when("Header=X-Sticky,session").filter("Memory", "sticky=session"))
		.route(Route.when("Path=/**").filter("Memory"));

	@ParameterizedTest
	@EnumSource
	void conversationWhenBlocksAreOfTheTurnThenTheCacheIsLostFromTheLastQuestionOn(ConversationDialect dialect) {
		Transcript without = converse(dialect, "off", "turn");
		Transcript with = converse(dialect, "on", "turn");
		for (int i = 1; i < with.size(); i++) {
			String shared = with.sharedPrefix(i);
			assertThat(Transcript.withoutBlocks(with.body(i))).isEqualTo(without.body(i));
			if (i <= TURNS) {
				assertThat(shared).as("request %d", i).startsWith(through(question(i - 1), without.sharedPrefix(i)));
			}
			else {
				assertThat(Transcript.withoutBlocks(shared)).as("step %d", i - TURNS)
					.isEqualTo(without.sharedPrefix(i));
			}
			assertThat(with.blocks(i)).as("request %d", i).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void conversationWhenBlocksAreOfTheSessionThenTheCacheIsAsGoodAsWithoutMemory(ConversationDialect dialect) {
		Transcript without = converse(dialect, "off", "session");
		Transcript with = converse(dialect, "on", "session");
		for (int i = 1; i < with.size(); i++) {
			assertThat(Transcript.withoutBlocks(with.body(i))).isEqualTo(without.body(i));
			assertThat(Transcript.withoutBlocks(with.sharedPrefix(i))).as("request %d", i)
				.isEqualTo(without.sharedPrefix(i));
			assertThat(with.blocks(i)).as("request %d", i).isEqualTo(Math.min(i, TURNS) + 1);
		}
	}

	private static String through(String question, String prefix) {
		assertThat(prefix).contains(question);
		return prefix.substring(0, prefix.indexOf(question) + question.length());
	}

	/** Talks to a vault of its own, which knows the facts from another session. */
	private static Transcript converse(ConversationDialect dialect, String mode, String sticky) {
		String key = newVault();
		List<byte[]> bodies = new ArrayList<>();
		List<String> messages = new ArrayList<>();
		for (int turn = 0; turn < TURNS; turn++) {
			String answer = "Answer number " + turn + ", that is all.";
			messages.add(dialect.user(question(turn)));
			bodies.add(send(dialect, mode, sticky, key, messages, answer));
			messages.add(dialect.assistant(answer));
		}
		messages.add(dialect.user(question(TURNS)));
		bodies.add(send(dialect, mode, sticky, key, messages, ""));
		for (int step = 1; step <= TOOL_STEPS; step++) {
			messages.add(dialect.toolStep(step));
			bodies.add(send(dialect, mode, sticky, key, messages, (step < TOOL_STEPS) ? "" : "He studies it."));
		}
		return new Transcript(bodies);
	}

	private static String question(int turn) {
		return FACTS.get(turn).get(1);
	}

	private static String newVault() {
		MemoryKeyManager.IssuedKey issued = gateway.context()
			.getBean(MemoryKeyManager.class)
			.issue(new MemoryKeyManager.KeyRequest("default", "test", null, List.of(), KeyMode.ON, null))
			.block();
		List<Exchange.Turn> turns = FACTS.stream()
			.map((fact) -> new Exchange.Turn(Role.USER, null, fact.get(0), false))
			.toList();
		gateway.context()
			.getBean(MemoryIngestor.class)
			.ingest(new Exchange(issued.record().vault(), new SessionId("before"),
					Instant.parse("2026-02-03T04:05:06Z"), "", turns))
			.block();
		awaitVectors(issued.record().vault());
		return issued.key().reveal();
	}

	private static void awaitVectors(VaultId vault) {
		MemoryStore store = gateway.context().getBean(MemoryStore.class);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> store.stats(vault).map((stats) -> stats.pending() == 0).block());
	}

	private static byte[] send(ConversationDialect dialect, String mode, String sticky, String key,
			List<String> messages, String answer) {
		provider.answer((connection) -> connection.json(dialect.answer(answer)));
		HttpRequest.Builder request = gateway.post(dialect.path(), dialect.request(messages))
			.header("X-Memory-Key", key)
			.header("X-Provider-Key", "sk-test")
			.header("X-Session-ID", "conversation")
			.header("X-Memory-Mode", mode)
			.header("X-Sticky", sticky)
			.header("X-Memory-Context-Limit", "1");
		HttpResponse<String> response = gateway.send(request);
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).as("%s", messages)
			.hasValue(mode.equals("on") ? "hit" : "off");
		return provider.onlyRequest().body();
	}

}
