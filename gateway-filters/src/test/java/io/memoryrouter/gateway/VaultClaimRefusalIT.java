package io.memoryrouter.gateway;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.gateway.testing.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who does not get in with a token, and what they are told.
 */
class VaultClaimRefusalIT extends AbstractVaultClaimIT {

	private static TestGateway gateway;

	/** Its identity provider is not there. */
	private static TestGateway cutOff;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start(memory, properties(provider.baseUrl()));
		cutOff = TestGateway.start(memory, properties("http://127.0.0.1:1"));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		cutOff.close();
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.testing.TestIssuer#attacks")
	void requestWhenTokenIsForgedThen401EverywhereAndNothingGoesFurther(TestIssuer.Attack attack) throws Exception {
		String token = attack.token().call();
		for (String path : List.of("/v1/chat/completions", "/open/v1/chat/completions", "/own/v1/chat/completions",
				"/mail/v1/chat/completions", "/v1/memory/prepare")) {
			HttpResponse<String> response = gateway.send(gateway.post(path, TestGateway.QUESTION)
				.header("Authorization", "Bearer " + token)
				.header("X-Provider-Key", PROVIDER_KEY));
			assertThat(response.statusCode()).as(path).isEqualTo(401);
			assertThat(response.body()).contains("invalid_user_token").doesNotContain(token);
		}
		assertThat(received()).isEmpty();
		assertThat(memory.queries).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions, missing_user_token", "/v1/memory/prepare, missing_user_token" })
	void requestWhenThereIsNeitherTokenNorKeyThen401SaysWhatToSend(String path, String code) {
		HttpResponse<String> response = gateway
			.send(gateway.post(path, TestGateway.QUESTION).header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains(code, "Authorization: Bearer", "Memory Key");
	}

	@Test
	void requestWhenTokenNamesNobodyThen403() {
		for (Object name : new Object[] { null, "", "a\u0000", "a".repeat(1025) }) {
			HttpResponse<String> response = chat(gateway, "/v1",
					TestIssuer.token((claims) -> claims.claim("sub", name)));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("no_vault");
		}
		for (Object name : new Object[] { null, "", 7, 1e300, true, List.of("alice"), Map.of("id", "alice"), "a\nb" }) {
			HttpResponse<String> response = chat(gateway, "/mail/v1", token((claims) -> claims.claim("email", name)));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("no_vault");
		}
		assertThat(chat(gateway, "/v1", TestIssuer.token((claims) -> claims.claim("org", null))).body())
			.contains("no_account");
		assertThat(received()).isEmpty();
	}

	@Test
	void requestWhenModeIsJunkThen400() {
		for (String mode : List.of("maybe", "READ", ":read", "")) {
			HttpResponse<String> response = chat(gateway, "/v1", user("alice"), "X-Memory-Mode", mode);
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("X-Memory-Mode");
		}
		assertThat(received()).isEmpty();
	}

	@Test
	void requestWhenIdentityProviderIsDownThenKnownKeysServeAndWithoutAny503() {
		assertThat(chat(gateway, "/v1", user("alice")).statusCode()).isEqualTo(200);
		provider.stubFor(get("/jwks").willReturn(serverError()));
		assertThat(chat(gateway, "/v1", user("carol")).statusCode()).isEqualTo(200);
		for (int i = 0; i < 4; i++) {
			HttpResponse<String> response = cutOff.send(cutOff.post("/v1/chat/completions", TestGateway.QUESTION)
				.header("Authorization", "Bearer " + user("alice"))
				.header("X-Provider-Key", PROVIDER_KEY));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
		}
		assertThat(cutOff.send(cutOff.chat(TestGateway.QUESTION)).statusCode()).isEqualTo(200);
	}

}
