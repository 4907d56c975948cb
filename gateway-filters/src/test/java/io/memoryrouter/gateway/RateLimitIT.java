package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cloud.gateway.filter.ratelimit.AbstractRateLimiter;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway's own filter {@code RequestRateLimiter} on routes with memory, and the same
 * limit on the endpoints. A bucket holds three requests and gains one an hour, so that no
 * test has to be quick.
 */
class RateLimitIT {

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	private static final String BOB = "mk_BobBobBobBobBob01";

	private static final FakeMemory memory = new FakeMemory();

	private static ScriptedProvider provider;

	private static TestGateway gateway;

	private static int keys;

	/** A key whose bucket is full. */
	private String key;

	@BeforeAll
	static void start() throws Exception {
		provider = ScriptedProvider.start();
		gateway = TestGateway.start(memory, List.of(OtherLimiter.class),
				lines("memoryrouter.providers.openai.base-url=" + provider.url() + "/v1",
						"memoryrouter.providers.anthropic.base-url=" + provider.url() + "/v1",
						"memoryrouter.providers.google.base-url=" + provider.url() + "/v1beta",
						"memoryrouter.rate-limit.replenish-rate=1", "memoryrouter.rate-limit.requested-tokens=3600",
						"memoryrouter.rate-limit.burst-capacity=10800",
						// the limiter stands before the filter that checks the key: the
						// order in the chain counts
						route(0, "openai", "/v1/chat/**"), limiter(0, 0), limit(0, 0), filter(0, 1, "Memory=openai"),
						route(1, "responses", "/v1/responses"), filter(1, 0, "Memory=openai"), limiter(1, 1),
						limit(1, 1), route(2, "anthropic", "/v1/messages"), filter(2, 0, "Memory=anthropic"),
						limiter(2, 1), limit(2, 1), route(3, "google", "/v1beta/**"), filter(3, 0, "Memory=google"),
						limiter(3, 1), limit(3, 1), route(4, "throwing", "/throwing/**"), filter(4, 0, "Memory=openai"),
						limiter(4, 1), limit(4, 1), ROUTES + "[4].filters[1].args.throw-on-limit=true",
						// whoever limits, also by the key alone
						route(5, "other", "/other/**"), filter(5, 0, "MemoryKey"), limiter(5, 1),
						ROUTES + "[5].filters[1].args.rate-limiter=#{@otherLimiter}",
						ROUTES + "[5].uri=" + provider.url(),
						// nothing of ours
						route(6, "plain", "/plain/**"), limiter(6, 0),
						ROUTES + "[6].filters[0].args.rate-limiter=#{@otherLimiter}",
						ROUTES + "[6].filters[0].args.key-resolver=#{@everyone}"));
	}

	private static String[] lines(String... properties) {
		return String.join("\n", properties).split("\n");
	}

	private static String route(int route, String id, String path) {
		return ROUTES + "[" + route + "].id=" + id + "\n" + ROUTES + "[" + route + "].uri=no://op\n" + ROUTES + "["
				+ route + "].predicates[0]=Path=" + path;
	}

	private static String filter(int route, int index, String filter) {
		return ROUTES + "[" + route + "].filters[" + index + "]=" + filter;
	}

	private static String limiter(int route, int index) {
		return ROUTES + "[" + route + "].filters[" + index + "].name=RequestRateLimiter";
	}

	private static String limit(int route, int index) {
		String args = ROUTES + "[" + route + "].filters[" + index + "].args.";
		return args + "redis-rate-limiter.replenishRate=1\n" + args + "redis-rate-limiter.burstCapacity=10800\n" + args
				+ "redis-rate-limiter.requestedTokens=3600";
	}

	@BeforeEach
	void reset() {
		memory.reset();
		provider.answer((connection) -> connection.json("{}"));
		this.key = "mk_LimitedLimited" + ++keys + "Key";
		memory.accept("key_" + keys, this.key, KeyMode.ON, FakeMemory.VAULT);
	}

	@AfterAll
	static void stop() throws Exception {
		gateway.close();
		provider.close();
	}

	private HttpResponse<String> post(String path) {
		return gateway.send(request(path, this.key));
	}

	private static HttpRequest.Builder request(String path, String key) {
		return gateway.post(path, """
				{"model": "any", "messages": [{"role": "user", "content": "Hi"}], "input": "Hi",
				 "contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}""")
			.header("X-Memory-Key", key)
			.header("X-Provider-Key", "sk-alice");
	}

	private HttpResponse<String> postUntilRefused(String path) {
		for (int i = 0; i < 3; i++) {
			assertThat(post(path).statusCode()).isEqualTo(200);
		}
		return post(path);
	}

	private static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	private static String at(HttpResponse<String> response, String pointer) {
		JsonNode body = JsonMapper.shared().readTree(response.body());
		return body.at(pointer).asString();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions, /error/type, rate_limit_error",
			"/v1/chat/completions, /error/code, rate_limit_exceeded", "/v1/responses, /error/type, rate_limit_error",
			"/v1/messages, /error/type, rate_limit_error", "/v1/messages, /type, error",
			"/v1beta/models/m:generateContent, /error/status, RESOURCE_EXHAUSTED",
			"/v1beta/models/m:streamGenerateContent, /error/code, 429",
			"/throwing/v1/chat/completions, /error/code, rate_limit_exceeded" })
	void postWhenTheBucketIsEmptyThenAnswers429InTheDialectsForm(String path, String pointer, String expected) {
		HttpResponse<String> refused = postUntilRefused(path);
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(at(refused, pointer)).isEqualTo(expected);
		assertThat(header(refused, "Content-Type")).isEqualTo("application/json");
		assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(3_500L, 3_600L);
		assertThat(refused.headers().allValues("X-RateLimit-Burst-Capacity")).containsExactly("10800");
		assertThat(provider.received).hasSize(3);
		assertThat(memory.queries).hasSize(3);
	}

	@Test
	void postWhenAllowedThenTellsWhatIsLeft() {
		HttpResponse<String> allowed = post("/v1/chat/completions");
		assertThat(header(allowed, "X-RateLimit-Remaining")).isEqualTo("7200");
		assertThat(header(allowed, "Retry-After")).isEmpty();
	}

	@Test
	void postWhenManyAskAtOnceThenExactlyAsManyPassAsThereAreTokens() {
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 40)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> post("/v1/chat/completions")))
			.toList();
		List<Integer> statuses = calls.stream().map((call) -> call.join().statusCode()).toList();
		assertThat(statuses).containsOnly(200, 429);
		assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(3);
	}

	@Test
	void postWhenOneKeyHasNothingLeftThenAnotherHas() {
		memory.accept("key_bob" + keys, BOB, KeyMode.ON, FakeMemory.VAULT);
		assertThat(postUntilRefused("/v1/chat/completions").statusCode()).isEqualTo(429);
		assertThat(gateway.send(request("/v1/chat/completions", BOB)).statusCode()).isEqualTo(200);
	}

	@Test
	void postWhenTheSuffixOrThePlaceIsAnotherThenItIsTheSameBucket() {
		assertThat(postUntilRefused("/v1/chat/completions").statusCode()).isEqualTo(429);
		HttpRequest.Builder other = gateway.post("/v1/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer " + this.key.replace("mk_", "mk-") + ":off");
		assertThat(gateway.send(other).statusCode()).isEqualTo(429);
	}

	@Test
	void postWhenTheKeyIsNotAcceptedThenAnswers401AndNobodyPays() {
		for (int i = 0; i < 5; i++) {
			assertThat(gateway.send(request("/v1/chat/completions", "mk_UnknownUnknown01")).statusCode())
				.isEqualTo(401);
		}
		assertThat(header(post("/v1/chat/completions"), "X-RateLimit-Remaining")).isEqualTo("7200");
	}

	@Test
	void postWhenTheProviderAnswers429ThenItsAnswerIsUntouched() {
		provider.answer((connection) -> connection.respond("429 Too Many Requests", "text/plain", "slow down"));
		HttpResponse<String> response = post("/v1/chat/completions");
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.body()).isEqualTo("slow down");
		provider.answer((connection) -> connection.respond("429 Too Many Requests", "text/plain", ""));
		assertThat(post("/v1/chat/completions").body()).isEmpty();
	}

	@Test
	void postWhenTheLimiterIsAnotherThenRetryAfterIsFromWhatItTells() {
		HttpResponse<String> refused = post("/other/v1/messages");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(at(refused, "/error/type")).isEqualTo("rate_limit_error");
		assertThat(header(refused, "Retry-After")).isEqualTo("20");
		assertThat(header(refused, "X-RateLimit-Remaining")).isEqualTo("40");
	}

	@Test
	void postWhenTheRouteHasNothingOfOursThenTheRefusalIsAsTheGatewayMakesIt() {
		HttpResponse<String> refused = post("/plain/v1/messages");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).isEmpty();
		assertThat(header(refused, "Retry-After")).isEmpty();
	}

	/** All endpoints share one bucket, which is not that of a route. */
	@ParameterizedTest
	@ValueSource(strings = { "/v1/memory/prepare", "/v1/memory/ingest" })
	void endpointWhenTheBucketIsEmptyThenAnswers429InOpenAisForm(String path) {
		post("/v1/chat/completions");
		HttpResponse<String> first = post("/v1/memory/prepare");
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo("7200");
		assertThat(post("/v1/memory/ingest").statusCode()).isEqualTo(202);
		assertThat(
				gateway.send(gateway.request("/v1/memory/receipts/none").header("X-Memory-Key", this.key)).statusCode())
			.isEqualTo(404);
		HttpResponse<String> refused = post(path);
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(at(refused, "/error/code")).isEqualTo("rate_limit_exceeded");
		assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(3_500L, 3_600L);
		assertThat(post("/v1/chat/completions").statusCode()).isEqualTo(200);
	}

	/**
	 * A limiter that lets nobody through and tells what the Redis limiter would.
	 */
	static final class ClosedLimiter extends AbstractRateLimiter<Object> {

		ClosedLimiter() {
			super(Object.class, "closed", null);
		}

		@Override
		public Mono<Response> isAllowed(String routeId, String id) {
			return Mono.just(new Response(false, Map.of("X-RateLimit-Remaining", "40", "X-RateLimit-Requested-Tokens",
					"60", "X-RateLimit-Replenish-Rate", "1", "X-RateLimit-Burst-Capacity", "60")));
		}

	}

	/** What an application has already, and does not want everywhere. */
	@Configuration(proxyBeanMethods = false)
	static class OtherLimiter {

		@Bean(defaultCandidate = false)
		ClosedLimiter otherLimiter() {
			return new ClosedLimiter();
		}

		@Bean(defaultCandidate = false)
		KeyResolver everyone() {
			return (exchange) -> Mono.just("everyone");
		}

	}

}
