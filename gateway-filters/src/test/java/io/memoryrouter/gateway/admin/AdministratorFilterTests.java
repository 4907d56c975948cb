package io.memoryrouter.gateway.admin;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.memoryrouter.gateway.support.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdministratorFilter} and the {@link AuditLog}.
 */
class AdministratorFilterTests {

	private static final Map<String, Administrator> TOKENS = Map.of("keys",
			new Administrator("acme", "alice \"x\"\nforged", Set.of(AdminScope.KEYS)), "providers",
			new Administrator("acme", "bob", Set.of(AdminScope.PROVIDERS)), "admin",
			new Administrator("other", "carol", Set.of(AdminScope.ADMIN)));

	private static final AdministratorFilter FILTER = new AdministratorFilter(
			new Administrators(List.of((token) -> Mono.justOrEmpty(TOKENS.get(token)))), AdminScope.KEYS);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final WebTestClient client = WebTestClient.bindToRouterFunction(RouterFunctions.route()
		.GET("/things", (request) -> ServerResponse.ok().bodyValue(AdministratorFilter.accountOf(request)))
		.POST("/things", (request) -> {
			AuditLog.target(request, "thing_1");
			return ServerResponse.status(201).build();
		})
		.DELETE("/things/{id}", (request) -> Mono.error(ApiException.badRequest("no", "No", null)))
		.filter(FILTER)
		.build()).build();

	@BeforeEach
	void listen() {
		this.log.start();
		logger().addAppender(this.log);
		logger().setLevel(Level.INFO);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
	}

	@AfterEach
	void stopListening() {
		logger().detachAppender(this.log);
		logger().setLevel(null);
	}

	@Test
	void callWhenScopeAllowsThenHandledForTheAccount() {
		send(HttpMethod.GET, "/things", "keys").expectStatus().isOk().expectBody(String.class).isEqualTo("acme");
		send(HttpMethod.GET, "/things", "admin").expectStatus().isOk().expectBody(String.class).isEqualTo("other");
	}

	@Test
	void callWhenScopeIsMissingThen403NamesItAndIsRecorded() {
		send(HttpMethod.POST, "/things", "providers").expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.error.message")
			.isEqualTo("The token needs the scope 'memory:keys'");
		assertThat(lines())
			.containsExactly("account=acme subject=bob from=- action=\"POST /things\" made=- status=403");
	}

	@Test
	void callWhenNobodyKnowsTheTokenThen401AndNothingIsRecorded() {
		send(HttpMethod.POST, "/things", "nobody").expectStatus().isUnauthorized();
		assertThat(lines()).isEmpty();
	}

	@Test
	void callWhenSomethingIsChangedThenOneLineWhateverTheSubject() {
		send(HttpMethod.GET, "/things", "keys");
		send(HttpMethod.POST, "/things", "keys").expectStatus().isCreated();
		send(HttpMethod.DELETE, "/things/a%0Ab", "keys").expectStatus().isBadRequest();
		assertThat(lines()).hasSize(2).allMatch((line) -> line.matches("[^\\p{Cntrl}]+"));
		assertThat(lines().get(0))
			.isEqualTo("account=acme subject=alice__x__forged from=- action=\"POST /things\" made=thing_1 status=201");
		assertThat(lines().get(1)).endsWith("status=400");
	}

	@Test
	void callWhenTheClientGoesAwayThenThatIsRecorded() {
		ServerRequest request = ServerRequest.create(MockServerWebExchange
			.from(MockServerHttpRequest.delete("/things/1").header("Authorization", "Bearer keys")), List.of());
		FILTER.filter(request, (handled) -> Mono.never()).subscribe().dispose();
		assertThat(lines()).singleElement().asString().endsWith(" made=- status=cancelled");
	}

	@Test
	void callWhenAProxySaysWhoSendsItThenThatIsRecorded() {
		WebTestClient behindProxy = this.client.mutateWith((builder, server, connector) -> {
			if (server != null) {
				server.forwardedHeaderTransformer(new ForwardedHeaderTransformer());
			}
		});
		behindProxy.post()
			.uri("/things")
			.header("Authorization", "Bearer keys")
			.header("X-Forwarded-For", "203.0.113.7")
			.exchange()
			.expectStatus()
			.isCreated();
		assertThat(lines()).singleElement().asString().contains(" from=203.0.113.7 ", " status=201");
	}

	private List<String> lines() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private WebTestClient.ResponseSpec send(HttpMethod method, String path, String token) {
		return this.client.method(method).uri(URI.create(path)).header("Authorization", "Bearer " + token).exchange();
	}

}
