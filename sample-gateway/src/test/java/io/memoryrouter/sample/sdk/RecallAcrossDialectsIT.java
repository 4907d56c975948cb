package io.memoryrouter.sample.sdk;

import java.util.Map;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A memory has no dialect: what is told through one SDK is recalled through each other.
 */
@ExtendWith(SharedGateway.Extension.class)
class RecallAcrossDialectsIT {

	private static final String PROVIDER_KEY = "sk-provider-0123456789";

	private static final Map<Sdk, Told> TOLD = Map.of(Sdk.OPENAI_CHAT,
			new Told("My cat is called Sir Purrcival.", "What is my cat called?"), Sdk.OPENAI_RESPONSES,
			new Told("My bicycle is a green Brompton.", "Which bicycle do I ride?"), Sdk.ANTHROPIC_MESSAGES,
			new Told("My allotment has number 4711.", "Which number has my allotment?"), Sdk.GEMINI,
			new Told("My sister Vera lives in Samarkand.", "Where does my sister live?"));

	@Test
	void askWhenFactWasToldThroughAnySdkThenProviderReceivesItInTheBlock(SharedGateway gateway) {
		String memoryKey = gateway.newMemoryKey();
		for (Sdk teller : Sdk.values()) {
			say(teller, gateway, memoryKey, TOLD.get(teller).fact());
		}
		for (Sdk asker : Sdk.values()) {
			TOLD.forEach((teller, told) -> {
				LoggedRequest request = say(asker, gateway, memoryKey + ":read", told.question());
				assertThat(asker.lastUserText(request)).as("%s told, %s asked", teller, asker)
					.startsWith(told.question() + "\n\n<recalled-memories>\n")
					.contains("] user: " + told.fact() + "\n")
					.endsWith("\n</recalled-memories>");
			});
		}
	}

	private static LoggedRequest say(Sdk sdk, SharedGateway gateway, String memoryKey, String text) {
		try (ChatClient client = sdk.connect(gateway.address(), Credentials.dropIn(memoryKey, PROVIDER_KEY))) {
			client.ask(sdk.model(), text);
		}
		return gateway.provider().lastRequest();
	}

	private record Told(String fact, String question) {

	}

}
