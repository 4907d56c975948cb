package io.memoryrouter.gateway.admin;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.testing.StubbedProvider;
import io.memoryrouter.keys.provider.ProviderKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProviderKeyProbe}.
 */
class ProviderKeyProbeTests {

	private static final ProviderKey KEY = new ProviderKey("sk-secret-of-the-probe");

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@RegisterExtension
	static final StubbedProvider server = StubbedProvider.start();

	@Test
	void runWhenProviderListsModelsThenIsAcceptedWithTheirNumber() {
		server.answer(okJson("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));
		ProviderKeyProbe.Outcome outcome = run(URI.create(server.url()), LIMIT);
		assertThat(outcome).isEqualTo(new ProviderKeyProbe.Outcome("test", true, 200, 2, outcome.message()));
	}

	@ParameterizedTest
	@CsvSource({ "400, not accept the key", "401, not accept the key", "403, not accept the key", "404, base-url",
			"200, base-url", "429, too many requests", "500, at the moment", "503, at the moment" })
	void runWhenProviderDoesNotListModelsThenSaysItsStatusAndWhatItMeans(int status, String meaning) {
		server.answer(aResponse().withStatus(status).withBody(KEY.reveal()));
		ProviderKeyProbe.Outcome outcome = run(URI.create(server.url()), LIMIT);
		assertThat(outcome).isEqualTo(new ProviderKeyProbe.Outcome("test", false, status, null, outcome.message()));
		assertThat(outcome.message()).contains(meaning).doesNotContain(KEY.reveal());
	}

	@Test
	void runWhenProviderIsGoneThenSaysWhereItsAddressIsSet() {
		ProviderKeyProbe.Outcome outcome = run(URI.create("http://127.0.0.1:1"), LIMIT);
		assertThat(outcome).isEqualTo(new ProviderKeyProbe.Outcome("test", false, null, null,
				"The provider cannot be reached at memoryrouter.providers.test.base-url"));
	}

	@Test
	void runWhenProviderDoesNotAnswerInTimeThenSaysSo() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
			ProviderKeyProbe.Outcome outcome = run(address, Duration.ofSeconds(1));
			assertThat(outcome).isEqualTo(new ProviderKeyProbe.Outcome("test", false, null, null,
					"The provider did not answer within 1 seconds"));
		}
	}

	private static ProviderKeyProbe.Outcome run(URI address, Duration timeout) {
		Provider provider = Provider.named("test").baseUrl(address).build();
		return new ProviderKeyProbe(new ModelListClient(HttpClient.create()), timeout).run(provider, KEY).block(LIMIT);
	}

}
