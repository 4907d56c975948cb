package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayClient;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.StubbedProvider;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every place of a Memory Key with every place of a provider's key, for every family of
 * endpoints, with memory and without, as the gateway is and with keys of the query moved
 * to a header: who gets in, and what the provider gets.
 */
class KeyPlacesIT {

	private static final String PROVIDER_KEY = "sk-of-alice";

	private static final List<String> CREDENTIALS = List.of("Authorization", "x-api-key", "x-goog-api-key", "api-key");

	private static final String CHAT = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

	private static final String CONTENTS = "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}";

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension plain = gateway(false);

	@RegisterExtension
	static final GatewayExtension moving = gateway(true);

	private static GatewayExtension gateway(boolean movesKeys) {
		GatewayExtension gateway = GatewayExtension.between(memory, provider)
			.with("memoryrouter.providers.own.credential-header=X-Own-Token",
					"memoryrouter.query-key-as-header=" + movesKeys)
			.route(Route.when("Path=/**").filter("Memory=openai"));
		List.of("openai", "anthropic", "google", "azure", "own").forEach((name) -> gateway.provider(name, "/" + name));
		return gateway;
	}

	static Stream<Arguments> everyCombination() {
		return Arrays.stream(Endpoint.values())
			.flatMap((endpoint) -> Arrays.stream(Place.values())
				.filter((place) -> place != Place.X_PROVIDER_KEY)
				.flatMap((memoryKey) -> Arrays.stream(Place.values())
					.filter((place) -> place != Place.X_MEMORY_KEY)
					.flatMap((key) -> ways(memoryKey, key)
						.map((moves) -> Arguments.of(endpoint, memoryKey, key, moves)))));
	}

	/** Only a key in the query can be moved. */
	private static Stream<Boolean> ways(Place memoryKey, Place providerKey) {
		boolean query = memoryKey == Place.QUERY || providerKey == Place.QUERY;
		return query ? Stream.of(false, true) : Stream.of(false);
	}

	@ParameterizedTest(name = "{0}: Memory Key in {1}, provider''s key in {2}, keys of the query moved: {3}")
	@MethodSource("everyCombination")
	void requestThenKeysAreFoundWhereTheFamilysClientsPutThem(Endpoint endpoint, Place memoryKey, Place providerKey,
			boolean moves) {
		HttpResponse<String> response = send(moves ? moving : plain, endpoint,
				List.of(new Key(memoryKey, FakeMemory.KEY), new Key(providerKey, PROVIDER_KEY)));
		if (endpoint.family.reads(providerKey)) {
			assertThat(response.statusCode()).isEqualTo(200);
			assertOneCredential(endpoint, providerKey);
		}
		else {
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("X-Provider-Key", "X-Memory-Key").contains(endpoint.family.error);
			assertThat(provider.requests()).isEmpty();
		}
	}

	static Stream<Arguments> everyOrder() {
		return Arrays.stream(Endpoint.values())
			.flatMap((endpoint) -> Stream.of(false, true).map((moves) -> Arguments.of(endpoint, moves)));
	}

	@ParameterizedTest
	@MethodSource("everyOrder")
	void requestWhenKeysAreInAllPlacesOfTheFamilyThenTheFirstCounts(Endpoint endpoint, boolean moves) {
		List<Place> places = endpoint.family.places;
		for (int first = 0; first < places.size(); first++) {
			provider.forgetRequests();
			List<Key> keys = new ArrayList<>(
					List.of(new Key(Place.X_MEMORY_KEY, FakeMemory.KEY), new Key(places.get(first), PROVIDER_KEY)));
			places.subList(first + 1, places.size()).forEach((place) -> keys.add(new Key(place, "sk-of-nobody")));
			assertThat(send(moves ? moving : plain, endpoint, keys).statusCode()).isEqualTo(200);
			assertOneCredential(endpoint, places.get(first));
			assertThat(provider.onlyRequest().toString()).doesNotContain("sk-of-nobody");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenNoKeyOfTheProviderThen401NamesTheWaysInTheFamilysForm(Endpoint endpoint) {
		HttpResponse<String> response = send(plain, endpoint, List.of(new Key(Place.X_MEMORY_KEY, FakeMemory.KEY)));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("X-Provider-Key", "X-Memory-Key").contains(endpoint.family.error);
		assertThat(provider.requests()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenTwoMemoryKeysThen400(Endpoint endpoint) {
		HttpResponse<String> response = send(plain, endpoint, List.of(new Key(Place.AUTHORIZATION, FakeMemory.KEY),
				new Key(Place.X_API_KEY, "mk_BobBobBobBobBob01"), new Key(Place.X_PROVIDER_KEY, PROVIDER_KEY)));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(provider.requests()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenOneMemoryKeyHasSeveralSuffixesThenWhatAllAllow(Endpoint endpoint) {
		HttpResponse<String> response = send(plain, endpoint,
				List.of(new Key(Place.QUERY, FakeMemory.KEY), new Key(Place.AUTHORIZATION, FakeMemory.KEY + ":write"),
						new Key(Place.X_API_KEY, FakeMemory.KEY.replace('_', '-') + ":read"),
						new Key(Place.X_PROVIDER_KEY, PROVIDER_KEY)));
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("off");
		assertThat(memory.queries).isEmpty();
		assertOneCredential(endpoint, Place.X_PROVIDER_KEY);
	}

	private static HttpResponse<String> send(GatewayClient gateway, Endpoint endpoint, List<Key> keys) {
		String query = String.join("&",
				keys.stream().filter((key) -> key.place == Place.QUERY).map((key) -> "key=" + key.secret).toList());
		HttpRequest.Builder request = endpoint.request(gateway, query);
		keys.forEach((key) -> key.place.put(request, key.secret));
		return gateway.send(request);
	}

	private static void assertOneCredential(Endpoint endpoint, Place place) {
		LoggedRequest received = provider.onlyRequest();
		assertThat(received.getUrl()).isEqualTo(endpoint.forwarded);
		String header = endpoint.credential(place);
		assertThat(received.getHeaders().all()).filteredOn((one) -> isCredential(one, header))
			.singleElement()
			.satisfies((one) -> assertThat(one.key()).isEqualToIgnoringCase(header))
			.satisfies((one) -> assertThat(one.values())
				.containsExactly(header.equals("Authorization") ? "Bearer " + PROVIDER_KEY : PROVIDER_KEY));
		assertThat(received.toString()).doesNotContain("mk_", "mk-");
		assertThat(received.getHeaders().keys()).noneMatch((name) -> name.matches("(?i)x-(memory|provider|session).*"));
	}

	private static boolean isCredential(HttpHeader header, String expected) {
		return header.keyEquals(expected) || CREDENTIALS.stream().anyMatch(header::keyEquals);
	}

	private record Key(Place place, String secret) {

	}

	private enum Place {

		X_MEMORY_KEY("X-Memory-Key"), X_PROVIDER_KEY("X-Provider-Key"), AUTHORIZATION("Authorization"),
		X_API_KEY("x-api-key"), X_GOOG_API_KEY("x-goog-api-key"), API_KEY("api-key"), QUERY(null);

		private final String header;

		Place(String header) {
			this.header = header;
		}

		void put(HttpRequest.Builder request, String key) {
			if (this.header != null) {
				request.header(this.header, (this == AUTHORIZATION) ? "Bearer " + key : key);
			}
		}

	}

	/** Where a family's clients put their keys, in the order in which they count. */
	private enum Family {

		OPENAI("Authorization", "authentication_error", Place.X_PROVIDER_KEY, Place.AUTHORIZATION, Place.API_KEY),

		ANTHROPIC("x-api-key", "{\"type\":\"error\"", Place.X_PROVIDER_KEY, Place.X_API_KEY, Place.AUTHORIZATION),

		GEMINI("x-goog-api-key", "UNAUTHENTICATED", Place.X_PROVIDER_KEY, Place.X_GOOG_API_KEY, Place.QUERY,
				Place.AUTHORIZATION);

		private final String credential;

		private final String error;

		private final List<Place> places;

		Family(String credential, String error, Place... places) {
			this.credential = credential;
			this.error = error;
			this.places = List.of(places);
		}

		boolean reads(Place place) {
			return this.places.contains(place);
		}

	}

	private enum Endpoint {

		CHAT_COMPLETIONS(Family.OPENAI, "/v1/chat/completions", CHAT.formatted("openai/m"), "/openai/chat/completions"),

		RESPONSES(Family.OPENAI, "/v1/responses", "{\"model\":\"openai/m\",\"input\":\"a\"}", "/openai/responses"),

		EMBEDDINGS(Family.OPENAI, "/v1/embeddings", "{\"model\":\"openai/m\",\"input\":\"a\"}", "/openai/embeddings"),

		FILES(Family.OPENAI, "/v1/files", null, "/openai/files"),

		AZURE(Family.OPENAI, "/v1/chat/completions", CHAT.formatted("azure/m"), "/azure/chat/completions", "api-key"),

		OWN(Family.OPENAI, "/v1/chat/completions", CHAT.formatted("own/m"), "/own/chat/completions", "X-Own-Token"),

		ANTHROPIC_AS_OPENAI(Family.OPENAI, "/v1/chat/completions", CHAT.formatted("anthropic/m"),
				"/anthropic/chat/completions"),

		GOOGLE_AS_OPENAI(Family.OPENAI, "/v1/chat/completions", CHAT.formatted("google/m"),
				"/google/openai/chat/completions"),

		GOOGLE_EMBEDDINGS_AS_OPENAI(Family.OPENAI, "/v1/embeddings", "{\"model\":\"google/m\"}",
				"/google/openai/embeddings"),

		GOOGLES_OWN_OPENAI(Family.OPENAI, "/v1beta/openai/chat/completions", CHAT.formatted("google/m"),
				"/google/openai/chat/completions"),

		MESSAGES(Family.ANTHROPIC, "/v1/messages", CHAT.formatted("anthropic/m"), "/anthropic/messages"),

		COUNT_TOKENS(Family.ANTHROPIC, "/v1/messages/count_tokens", CHAT.formatted("anthropic/m"),
				"/anthropic/messages/count_tokens"),

		GENERATE_CONTENT(Family.GEMINI, "/v1beta/models/google/m:generateContent", CONTENTS,
				"/google/models/m:generateContent"),

		EMBED_CONTENT(Family.GEMINI, "/v1/models/google%2Fm:embedContent", CONTENTS, "/google/models/m:embedContent");

		private final Family family;

		private final String path;

		private final String body;

		private final String forwarded;

		private final String own;

		Endpoint(Family family, String path, String body, String forwarded) {
			this(family, path, body, forwarded, null);
		}

		Endpoint(Family family, String path, String body, String forwarded, String own) {
			this.family = family;
			this.path = path;
			this.body = body;
			this.forwarded = forwarded;
			this.own = own;
		}

		HttpRequest.Builder request(GatewayClient gateway, String query) {
			String target = this.path + (query.isEmpty() ? "" : "?" + query);
			return (this.body != null) ? gateway.post(target, this.body) : gateway.request(target);
		}

		/**
		 * Where the provider gets its key: a bearer token stays one, unless the provider
		 * has a header of its own.
		 */
		String credential(Place place) {
			if (this.own != null) {
				return this.own;
			}
			return (place == Place.AUTHORIZATION) ? "Authorization" : this.family.credential;
		}

	}

}
