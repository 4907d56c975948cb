package io.memoryrouter.gateway.testing;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider that gives every request the same answer: {@code {}} until it is told
 * another. As an extension it serves the tests of one class, and forgets before each.
 */
public final class StubbedProvider implements TestProvider, BeforeEachCallback, AfterAllCallback {

	private static final int PIECES = 7;

	private static final int MILLISECONDS = 100;

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private StubbedProvider() {
		this.server.start();
		reset();
	}

	public static StubbedProvider start() {
		return new StubbedProvider();
	}

	@Override
	public String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	public void answer(ResponseDefinitionBuilder answer) {
		this.server.stubFor(any(anyUrl()).willReturn(answer));
	}

	/** Answers with a body that comes in pieces over some time. */
	public void answerInPieces(String type, String body) {
		answer(aResponse().withHeader("Content-Type", type)
			.withBody(body)
			.withChunkedDribbleDelay(PIECES, MILLISECONDS));
	}

	/** What it has received. */
	public List<LoggedRequest> requests() {
		return this.server.findAll(anyRequestedFor(anyUrl()));
	}

	/** The one request that it has received. */
	public LoggedRequest onlyRequest() {
		List<LoggedRequest> requests = requests();
		assertThat(requests).hasSize(1);
		return requests.get(0);
	}

	/** Forgets what it received, and answers as before. */
	public void forgetRequests() {
		this.server.resetRequests();
	}

	@Override
	public void reset() {
		this.server.resetAll();
		answer(okJson("{}"));
	}

	@Override
	public void close() {
		this.server.stop();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		reset();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close();
	}

}
