package io.memoryrouter.sample.sdk;

import java.nio.file.Path;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.sample.harness.CurlScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of the page "Keys &amp; Usage Modes" works as the page says.
 */
@ExtendWith(SharedGateway.Extension.class)
class UsagePageIT {

	private static final String STORED_KEY = "sk-stored-0123456789";

	private static final String TOLD = "My name is Alice";

	private final SharedGateway gateway;

	@TempDir
	Path folder;

	private UsagePage page;

	UsagePageIT(SharedGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void newVault() {
		this.page = new UsagePage(this.gateway.address(), this.gateway.newMemoryKey());
	}

	@ParameterizedTest
	@ValueSource(strings = { "pass-through.sh", "pass-through.py" })
	void runWhenProviderKeyComesWithTheCallThenItGoesToTheProviderAndTheVaultRemembers(String example) {
		run(example);
		assertSent(TOLD, UsagePage.PROVIDER_KEY);
		assertRemembered();
	}

	@ParameterizedTest
	@ValueSource(strings = { "stored-keys.sh", "stored-keys.py" })
	void runWhenProviderKeyIsStoredThenItGoesToTheProviderAndTheVaultRemembers(String example) {
		this.gateway.storeProviderKey("openai", STORED_KEY);
		try {
			run(example);
		}
		finally {
			this.gateway.deleteProviderKey("openai");
		}
		assertSent(TOLD, STORED_KEY);
		assertRemembered();
	}

	@Test
	void runWhenRetrievalOnlyThenPrepareHasNothingAtFirstAndTheExchangeOnceItIsIngested() {
		JsonNode first = json(curl("prepare.sh", 200));
		assertThat(first.path("context").isNull()).isTrue();
		JsonNode ingested = json(curl("ingest.sh", 202));
		assertThat(ingested.path("accepted").asInt()).isEqualTo(2);
		assertThat(ingested.path("stored").asBoolean()).isTrue();
		CurlScript.Answer second = curl("prepare.sh", 200);
		assertThat(json(second).path("context").asString())
			.contains("assistant: Focus on the launch checklist and your 6am training block.");
		assertThat(second.headers()).containsIgnoringCase("X-Session-ID: conversation_abc")
			.containsIgnoringCase("X-Memory-Outcome: hit");
		assertThat(json(second).at("/memories/0/session_id").asString()).isEqualTo("conversation_abc");
		assertThat(this.gateway.provider().requests()).isEmpty();
	}

	private void run(String example) {
		if (example.endsWith(".py")) {
			assertThat(this.page.runPython(example)).isEqualTo("Noted.");
			return;
		}
		assertThat(json(curl(example, 200)).at("/choices/0/message/content").asString()).isEqualTo("Noted.");
	}

	private CurlScript.Answer curl(String example, int status) {
		CurlScript.Answer answer = new CurlScript(this.folder).run(this.page.example(example));
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		return answer;
	}

	private static JsonNode json(CurlScript.Answer answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	/** Nothing but what the page's own text says, and nothing of ours. */
	private void assertSent(String text, String providerKey) {
		assertThat(this.gateway.provider().requests()).hasSize(1);
		LoggedRequest sent = this.gateway.provider().lastRequest();
		JsonNode body = JsonMapper.shared().readTree(sent.getBody());
		assertThat(body.propertyNames()).containsExactlyInAnyOrder("model", "messages");
		assertThat(body.path("model").asString()).isEqualTo("gpt-5.5");
		assertThat(body.path("messages")).hasSize(1);
		assertThat(body.at("/messages/0/content").asString()).isEqualTo(text);
		assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + providerKey);
		assertThat(sent.getHeaders().toString()).doesNotContainIgnoringCase("mk_", "x-memory");
	}

	private void assertRemembered() {
		JsonNode prepared = json(new CurlScript(this.folder)
			.run(this.page.example("prepare.sh").replace("What should I focus on today?", "What is my name?")));
		assertThat(prepared.path("context").asString()).contains("] user: " + TOLD + "\n");
	}

}
