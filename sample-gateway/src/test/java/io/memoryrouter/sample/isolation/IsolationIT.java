package io.memoryrouter.sample.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.memoryrouter.sample.harness.GatewayProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two accounts on one gateway. One of them sends, to every endpoint and in every field,
 * what is the other's, and what has broken programs before. It gets 404, or nothing, or
 * an error that names the field; never what is the other's, and never a fault.
 */
@ExtendWith(Tenants.Extension.class)
class IsolationIT {

	private static final Pattern ROUTE = Pattern.compile("\\((\\w+) && ([^)\\s]+)\\)");

	/** The fields that hold a word of the client's own choice. */
	private static final Set<String> WORDS = Set.of("X-Session-ID", "session_id", "/session_id", "Idempotency-Key");

	private final GatewayProcess gateway;

	private final Tenant mine;

	private final Tenant theirs;

	private String before = "";

	IsolationIT(Tenants tenants) {
		this.gateway = tenants.gateway();
		this.mine = tenants.mine();
		this.theirs = tenants.theirs();
	}

	static List<Endpoint> endpoints() {
		return Endpoint.all();
	}

	static List<Endpoint> guarded() {
		return endpoints().stream().filter((endpoint) -> !endpoint.takes().equals(Endpoint.OPEN)).toList();
	}

	static List<Endpoint> administration() {
		return endpoints().stream().filter(Endpoint::isAdministration).toList();
	}

	@BeforeEach
	void lookAtTheirs() {
		this.before = this.theirs.snapshot();
		assertThat(this.before).contains(this.theirs.canary());
	}

	@AfterEach
	void nothingOfTheirsHasChanged() {
		assertThat(this.theirs.snapshot()).isEqualTo(this.before);
	}

	@Test
	void tableThenItHasEveryRouteOfTheApplication() {
		JsonNode mappings = JsonMapper.shared()
			.readTree(
					this.gateway.send(HttpRequest.newBuilder(this.gateway.managementUri("/actuator/mappings")).build())
						.body());
		Set<String> routes = mappings.findValuesAsString("predicate")
			.stream()
			.flatMap((predicate) -> ROUTE.matcher(predicate).results())
			.map((route) -> route.group(1) + " " + Endpoint.withoutNames(route.group(2)))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(endpoints()).extracting(Endpoint::route).containsExactlyInAnyOrderElementsOf(routes);
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void callWhenValuesAreItsOwnThenTheAnswerIsThatOfTheTable(Endpoint endpoint) {
		this.mine.renew(endpoint);
		Call plain = Call.good(endpoint, this.mine.values(endpoint));
		assertThat(problem(plain, this::ownProblem)).isEmpty();
		assertThat(problems(endpoint, IsolationIT::own, this::ownProblem)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void callWhenAValueIsAnothersThenItHasNothingOfTheirs(Endpoint endpoint) {
		assertThat(problems(endpoint, this::foreign, this::foreignProblem)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void callWhenAValueIsHostileThenItIsRefusedByNameOrTaken(Endpoint endpoint) {
		assertThat(problems(endpoint, (call) -> HostileValues.of(call.changed()), this::hostileProblem)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/memory", "/v1/memory/", "/v1/memory/ingst", "/v1/memory/memories/a/b", "/v1/keys/",
			"/v1/keys/a/b", "/v1/keys;a=b/c", "/v1/provider-keys/", "/v1//keys", "/v1/memory/../memory/prepare",
			"/v1/memory%2Fprepare" })
	void callWhenThereIsNoSuchEndpointThenItDoesNotReachAProvider(String path) {
		HttpResponse<String> answer = this.gateway.send(HttpRequest.newBuilder(this.gateway.uri(path))
			.header("X-Memory-Key", this.mine.memoryKey())
			.header("X-Provider-Key", "sk-0123456789")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"mistral/m\",\"messages\":[]}"))
			.build());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/memory/stats HTTP/1.1\nX-Memory-Key: mk_\0AAAAAAAAAAAAAAAAAAAA",
			"DELETE /v1/memory HTTP/1.1\nX-Session-ID: a\0b", "DELETE /v1/memory HTTP/1.1\nX-Session-ID: a\rb",
			"GET /v1/keys/%ZZ HTTP/1.1", "GET /v1/memory/memories?q=% HTTP/1.1",
			"GET /v1/memory/memories?q=a\0 HTTP/1.1", "GET /v1/memory/memories/a b HTTP/1.1" })
	void sendWhenItIsNoRequestThenRefusedByTheServer(String head) throws IOException {
		assertThat(sendRaw(head)).startsWith("HTTP/1.1 400 ");
	}

	@Test
	void sendWhenTheHeadIsTooLongThenRefusedByTheServer() throws IOException {
		assertThat(sendRaw("GET /v1/keys?limit=" + "1".repeat(5_000) + " HTTP/1.1")).startsWith("HTTP/1.1 414 ");
		assertThat(sendRaw("DELETE /v1/memory HTTP/1.1\nX-Session-ID: " + "a".repeat(9_000)))
			.startsWith("HTTP/1.1 431 ");
	}

	/** Clients for HTTP send no such thing. */
	private String sendRaw(String head) throws IOException {
		URI uri = this.gateway.uri("");
		try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout(20_000);
			String request = head.replace("\n", "\r\n") + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void eraseWhenSessionIsHostileThenNothingElseIsErased() {
		Endpoint erase = endpoint("DELETE /v1/memory");
		Endpoint find = endpoint("GET /v1/memory/memories/{memory_id}");
		this.mine.renew(find);
		Field session = erase.fields().get(0);
		for (String value : HostileValues.of(session)) {
			Call call = Call.good(erase, this.mine.values(erase)).with(session, value);
			this.mine.send(call);
			assertThat(this.mine.send(Call.good(find, this.mine.values(find))).statusCode()).as(call.toString())
				.isEqualTo(200);
		}
	}

	@ParameterizedTest
	@MethodSource("guarded")
	void callWhenTheCredentialIsOfTheOtherKindThenUnauthorizedAndNothingIsTold(Endpoint endpoint) {
		this.mine.renew(endpoint);
		HttpRequest.Builder request = Call.good(endpoint, this.mine.values(endpoint)).toRequest(this.gateway.uri(""));
		if (endpoint.isAdministration()) {
			request.header("Authorization", "Bearer " + this.mine.memoryKey())
				.header("X-Memory-Key", this.mine.memoryKey());
		}
		else {
			request.header("Authorization", "Bearer " + this.mine.token("admin memory:keys memory:providers"));
		}
		HttpResponse<String> answer = this.gateway.send(request.build());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
		assertThat(answer.body()).doesNotContain(this.mine.canary());
	}

	@ParameterizedTest
	@MethodSource("administration")
	void callWhenTheTokenIsOfAnotherScopeThenForbidden(Endpoint endpoint) {
		String scope = endpoint.takes().equals("keys") ? "providers" : "keys";
		HttpRequest.Builder request = Call.good(endpoint, this.mine.values(endpoint))
			.toRequest(this.gateway.uri(""))
			.header("Authorization", "Bearer " + this.mine.token(scope));
		assertThat(this.gateway.send(request.build()).statusCode()).isEqualTo(403);
	}

	/**
	 * Sends a good request with one other value, for each field and value.
	 * @return what is wrong with the answers
	 */
	private List<String> problems(Endpoint endpoint, Function<Call, Collection<String>> values, Check check) {
		List<String> problems = new ArrayList<>();
		for (Field field : endpoint.fields()) {
			for (String value : values.apply(Call.good(endpoint, this.mine.values(endpoint)).with(field, ""))) {
				this.mine.renew(endpoint);
				Call call = Call.good(endpoint, this.mine.values(endpoint)).with(field, value);
				problem(call, check).ifPresent(problems::add);
			}
		}
		return problems;
	}

	private Optional<String> problem(Call call, Check check) {
		try {
			HttpResponse<String> answer = this.mine.send(call);
			return Optional.ofNullable(check.problem(call, answer))
				.map((problem) -> call + " -> " + answer.statusCode() + ": " + problem + ": "
						+ shortened(answer.body()));
		}
		catch (UncheckedIOException ex) {
			return Optional.of(call + " -> " + ex.getMessage());
		}
	}

	private static String shortened(String text) {
		return (text.length() <= 300) ? text : text.substring(0, 300);
	}

	private static Endpoint endpoint(String name) {
		return endpoints().stream().filter((one) -> one.toString().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * What the path names may be gone when the next call is made; a plain call names it,
	 * too.
	 */
	private static Collection<String> own(Call call) {
		return (call.changed().place() != Field.Place.PATH) ? List.of(call.goodValue()) : List.of();
	}

	private @Nullable String ownProblem(Call call, HttpResponse<String> answer) {
		if (answer.statusCode() != call.endpoint().status()) {
			return "it is not " + call.endpoint().status();
		}
		return (tellsTheirs(answer) || this.theirs.isNamedBy(answer.body())) ? "it tells what is theirs" : null;
	}

	private Collection<String> foreign(Call call) {
		Set<String> values = new TreeSet<>();
		this.theirs.identifiers().values().forEach((identifier) -> values.add(call.changed().encode(identifier)));
		values.add(valueOfTheirs(call));
		values.remove(call.goodValue());
		return values;
	}

	private String valueOfTheirs(Call call) {
		return Call.good(call.endpoint(), this.theirs.values(call.endpoint())).with(call.changed(), "").goodValue();
	}

	private @Nullable String foreignProblem(Call call, HttpResponse<String> answer) {
		if (answer.statusCode() >= 500) {
			return "it is a fault";
		}
		if (tellsTheirs(answer)) {
			return "it tells what is theirs";
		}
		if (WORDS.contains(call.changed().name()) && answer.statusCode() != call.endpoint().status()) {
			return "it is not taken like any other word";
		}
		return (names(call) && call.value().equals(valueOfTheirs(call)) && answer.statusCode() / 100 != 4)
				? "it is not refused" : null;
	}

	private boolean tellsTheirs(HttpResponse<String> answer) {
		return this.theirs.isToldBy(answer.body() + answer.headers());
	}

	/**
	 * Whether the field names a thing: a session or an idempotency key is a mere word,
	 * and so is what is made.
	 */
	private static boolean names(Call call) {
		Field field = call.changed();
		return switch (field.place()) {
			case PATH -> !call.endpoint().method().equals("PUT");
			case QUERY -> field.name().equals("cursor");
			case HEADER -> false;
			case BODY -> field.name().contains("vault");
		};
	}

	private @Nullable String hostileProblem(Call call, HttpResponse<String> answer) {
		if (answer.statusCode() >= 500) {
			return "it is a fault";
		}
		if (tellsTheirs(answer)) {
			return "it tells what is theirs";
		}
		if (answer.headers().firstValue("X-Injected").isPresent()) {
			return "it has a header that the value made";
		}
		return (answer.statusCode() >= 400 && !isNamed(call, answer)) ? "it does not name the field" : null;
	}

	private static boolean isNamed(Call call, HttpResponse<String> answer) {
		Field field = call.changed();
		JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
		if (field.names().contains(error.path("param").asString("").replaceFirst("[.\\[].*", ""))) {
			return true;
		}
		return (field.place() == Field.Place.BODY) ? error.path("message").asString("").startsWith("The body ")
				: field.place() == Field.Place.PATH && error.path("code").asString("").equals("unknown_endpoint");
	}

	/**
	 * Says what is wrong with an answer.
	 */
	private interface Check {

		@Nullable String problem(Call call, HttpResponse<String> answer);

	}

}
