package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code sticky: session}, from one turn of a conversation to the next.
 */
class StickySessionIT {

	private static final String BOB = "mk_BobBobBobBobBob01";

	private static final String FIRST = "{\"role\":\"user\",\"content\":\"What breed is my dog?\"}";

	private static final String SECOND = FIRST + ",{\"role\":\"assistant\",\"content\":\"A beagle.\"},"
			+ "{\"role\":\"user\",\"content\":\"And my cat?\"}";

	private static final String OTHER_FACT = "My cat Tom is a Siamese.";

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.with("memoryrouter.context.sticky=session")
		.route(Route.when("Header=X-Route,prefix").filter("Memory", "placement=user-prefix"))
		.route(Route.when("Header=X-Route,system").filter("Memory", "placement=system-append"))
		.route(Route.when("Header=X-Route,turn").filter("Memory", "sticky=turn"))
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@BeforeEach
	void reset() {
		memory.accept(BOB, KeyMode.ON, new VaultId("vault_bob"));
		memory.onRecall(
				(query) -> Mono.just(FakeMemory.hit(query.text().contains("cat") ? OTHER_FACT : FakeMemory.FACT)));
		recaller().forget(FakeMemory.VAULT, null);
	}

	private static ContextRecaller recaller() {
		return gateway.context().getBean(ContextRecaller.class);
	}

	private static HttpRequest.Builder chat(String messages) {
		return gateway.chat("{\"model\":\"openai/gpt-5.5\",\"messages\":[" + messages + "]}");
	}

	private static List<String> sent(HttpRequest.Builder request) {
		send(request);
		return JsonPath.read(provider.onlyRequest().text(), "$.messages[?(@.role == 'user')].content");
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		provider.reset();
		HttpResponse<String> response = gateway.send(request);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.received).hasSize(1);
		return response;
	}

	private static void assertForgotten(List<String> texts) {
		assertThat(texts.get(0)).isEqualTo("What breed is my dog?");
		assertThat(texts.get(1)).startsWith("And my cat?").contains(OTHER_FACT);
	}

	@Test
	void chatWhenAMessageComesBackThenItCarriesTheSameBlock() {
		String first = sent(chat(FIRST)).get(0);
		List<String> texts = sent(chat(SECOND));
		assertThat(texts.get(0)).isEqualTo(first).contains(FakeMemory.FACT);
		assertThat(texts.get(1)).startsWith("And my cat?").contains(OTHER_FACT).doesNotContain(FakeMemory.FACT);
	}

	@Test
	void chatWhenAMessageComesBackThenItsMemoriesAreNotRecalledAgainAndAreCounted() {
		send(chat(FIRST));
		HttpResponse<String> response = send(chat(SECOND));
		Recall.Recalled first = FakeMemory.hit(FakeMemory.FACT).memories().get(0);
		Memory other = FakeMemory.hit(OTHER_FACT).memories().get(0).memory();
		assertThat(memory.queries.get(0).exclude()).rejects(first.memory(), other);
		assertThat(memory.queries.get(1).exclude()).accepts(first.memory()).rejects(other);
		assertThat(response.headers().firstValue("X-Memory-Chunks-Retrieved")).hasValue("1");
		assertThat(response.headers().firstValue("X-Memory-Tokens-Injected")).hasValue("14");
	}

	@Test
	void chatWhenTheBlockGoesBeforeThenSoItDoesInEarlierMessages() {
		String first = sent(chat(FIRST).header("X-Route", "prefix")).get(0);
		assertThat(first).startsWith("<recalled-memories>").endsWith("What breed is my dog?");
		assertThat(sent(chat(SECOND).header("X-Route", "prefix")).get(0)).isEqualTo(first);
	}

	@Test
	void chatWhenTheRouteSaysTurnThenEarlierMessagesGoWithout() {
		sent(chat(FIRST).header("X-Route", "turn"));
		assertForgotten(sent(chat(SECOND).header("X-Route", "turn")));
	}

	@Test
	void chatWhenTheBlockIsTheSystemsThenMessagesGoWithout() {
		sent(chat(FIRST));
		assertThat(sent(chat(SECOND).header("X-Route", "system"))).containsExactly("What breed is my dog?",
				"And my cat?");
	}

	@Test
	void chatWhenRecallFailsThenEarlierMessagesKeepTheirs() {
		String first = sent(chat(FIRST)).get(0);
		memory.onRecall((query) -> Mono.error(new IllegalStateException()));
		assertThat(sent(chat(SECOND))).containsExactly(first, "And my cat?");
	}

	@Test
	void chatWhenMemoryIsNarrowedThenEarlierMessagesGoWithout() {
		sent(chat(FIRST));
		assertThat(sent(chat(SECOND).header("X-Memory-Mode", "write"))).containsExactly("What breed is my dog?",
				"And my cat?");
		assertThat(sent(chat(SECOND).header("X-Memory-Mode", "dry-run"))).containsExactly("What breed is my dog?",
				"And my cat?");
		assertThat(sent(chat(SECOND).header("X-Memory-Mode", "off"))).containsExactly("What breed is my dog?",
				"And my cat?");
		assertForgotten(sent(chat(SECOND.replaceFirst("dog\\?\"", "$0,\"memory\":false"))));
	}

	@Test
	void chatWhenItWasADryRunThenNothingIsRemembered() {
		sent(chat(FIRST).header("X-Memory-Mode", "dry-run"));
		assertForgotten(sent(chat(SECOND)));
	}

	@Test
	void chatWhenTheKeyIsAnotherVaultsThenEarlierMessagesGoWithout() {
		sent(chat(FIRST));
		assertForgotten(sent(chat(SECOND).setHeader("X-Memory-Key", BOB)));
		recaller().forget(new VaultId("vault_bob"), null);
	}

	@Test
	void chatWhenTheSessionIsAnotherThenEarlierMessagesGoWithout() {
		sent(chat(FIRST).header("X-Session-ID", "s1"));
		assertForgotten(sent(chat(SECOND).header("X-Session-ID", "s2")));
	}

	@Test
	void chatWhenTheVaultWasErasedThenEarlierMessagesGoWithout() {
		sent(chat(FIRST));
		recaller().forget(FakeMemory.VAULT, null);
		assertForgotten(sent(chat(SECOND)));
	}

	@Test
	void chatWhenAMemoryWasDeletedThenTheMessageGoesWithout() {
		sent(chat(FIRST));
		recaller().forgetMemory(FakeMemory.VAULT, FakeMemory.hit(FakeMemory.FACT).memories().get(0).memory().id());
		assertForgotten(sent(chat(SECOND)));
	}

	@Test
	void toolLoopWhenTheVaultWasErasedThenTheQuestionIsRecalledForAnew() {
		sent(chat(FIRST));
		String step = FIRST + ",{\"role\":\"assistant\",\"tool_calls\":[]},{\"role\":\"tool\",\"content\":\"x\"}";
		sent(chat(step));
		assertThat(memory.queries).hasSize(1);
		recaller().forget(FakeMemory.VAULT, null);
		memory.onRecall((query) -> Mono.just(FakeMemory.hit(OTHER_FACT)));
		assertThat(sent(chat(step)).get(0)).contains(OTHER_FACT).doesNotContain(FakeMemory.FACT);
	}

}
