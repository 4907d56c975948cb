package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.memoryrouter.gateway.admin.AdminScope;
import io.memoryrouter.gateway.admin.Administrator;
import io.memoryrouter.gateway.admin.AdministratorAuthenticator;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Usage from requests to what an administrator sees, with the real embedded store and a
 * provider of each family. Each test has an account of its own.
 */
abstract class AbstractUsageIT {

	static final String TOKEN = "administrators-token-of-";

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final String QUESTION = """
			{"model": "openai/gpt-5.5", "messages": [{"role": "user", "content": "My dog Rex is a beagle."}]}""";

	static final String ANSWER = """
			{"choices": [{"index": 0, "message": {"role": "assistant", "content": "Noted."}, "finish_reason": "stop"}],
			"usage": {"prompt_tokens": 100, "completion_tokens": 7}}""";

	static WireMockServer provider;

	@TempDir
	static Path folder;

	static TestGateway gateway;

	final String account = "account-" + UUID.randomUUID();

	IssuedKey key;

	@BeforeAll
	static void startAll() {
		provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		provider.start();
		gateway = startGateway();
	}

	@AfterAll
	static void stopAll() {
		gateway.close();
		provider.stop();
	}

	@BeforeEach
	void begin() {
		provider.resetAll();
		provider.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));
		this.key = issue(this.account, "alice");
	}

	static TestGateway startGateway(String... properties) {
		String base = provider.baseUrl();
		List<String> all = new ArrayList<>(List.of("memoryrouter.usage.flush-interval=1h",
				"memoryrouter.default-provider=openai", "memoryrouter.context.deadline=10s",
				"memoryrouter.ingest.hold=10s", "memoryrouter.providers.openai.base-url=" + base + "/v1",
				"memoryrouter.providers.anthropic.base-url=" + base + "/v1",
				"memoryrouter.providers.google.base-url=" + base + "/v1beta",
				"memoryrouter.providers.gone.base-url=http://127.0.0.1:1/v1",
				"spring.cloud.gateway.server.webflux.routes[0].id=llm",
				"spring.cloud.gateway.server.webflux.routes[0].uri=no://op",
				"spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/v1/**,/v1beta/**",
				"spring.cloud.gateway.server.webflux.routes[0].filters[0]=Memory"));
		all.addAll(List.of(properties));
		return TestGateway.startWithMemory(folder, List.of(AdministratorsOfAllAccounts.class),
				all.toArray(String[]::new));
	}

	static IssuedKey issue(String account, String name) {
		return gateway.context()
			.getBean(MemoryKeyManager.class)
			.issue(new MemoryKeyManager.KeyRequest(account, name, null, List.of(), KeyMode.ON, null))
			.block(TIMEOUT);
	}

	HttpResponse<String> chat(String body) {
		return send(post("/v1/chat/completions", body), 200);
	}

	HttpRequest.Builder post(String path, String body) {
		return gateway.post(path, body)
			.header("X-Memory-Key", this.key.key().reveal())
			.header("X-Provider-Key", "sk-alice");
	}

	static HttpResponse<String> send(HttpRequest.Builder request, int status) {
		HttpResponse<String> answer = gateway.send(request);
		assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
		return answer;
	}

	static JsonNode usage(String account, String grouping) {
		return JsonMapper.shared()
			.readTree(send(gateway.request("/v1/usage?group_by=" + grouping)
				.header("Authorization", "Bearer " + TOKEN + account), 200).body());
	}

	JsonNode only(String grouping) {
		JsonNode data = usage(this.account, grouping).path("data");
		assertThat(data).hasSize(1);
		return data.get(0);
	}

	/** Requests, memories, tokens in, tokens out. */
	static List<Integer> counts(JsonNode usage) {
		return List.of(usage.path("requests").asInt(), usage.path("memories_stored").asInt(),
				usage.path("tokens_in").asInt(), usage.path("tokens_out").asInt());
	}

	/** The token of an account's administrator ends with its name. */
	@Configuration(proxyBeanMethods = false)
	static class AdministratorsOfAllAccounts {

		@Bean
		AdministratorAuthenticator administratorOfAnyAccount() {
			return (token) -> Mono.just(token)
				.filter((presented) -> presented.startsWith(TOKEN))
				.map((presented) -> new Administrator(presented.substring(TOKEN.length()), "alice",
						EnumSet.of(AdminScope.ADMIN)));
		}

	}

}
