package io.memoryrouter.sample.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import org.springframework.core.io.ClassPathResource;

/**
 * A provider of all dialects that records what it is asked. What it answers stands in
 * files, as providers send it.
 */
final class RecordingProvider implements AutoCloseable {

	private static final String SCENARIO = "in turn";

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	RecordingProvider() {
		this.server.start();
		reset();
	}

	/**
	 * Where an API is.
	 * @param version the version segment
	 * @return the base URL
	 */
	String baseUrl(String version) {
		return this.server.baseUrl() + version;
	}

	/**
	 * Forgets everything; from now on every dialect answers "Noted.".
	 */
	void reset() {
		this.server.resetAll();
		for (Sdk sdk : Sdk.values()) {
			this.server.stubFor(WireMock.post(WireMock.urlPathMatching(sdk.pathPattern()))
				.atPriority(5)
				.willReturn(json(sdk.file("plain.json"))));
			this.server.stubFor(streaming(sdk).atPriority(4).willReturn(stream(sdk.file("plain.sse"))));
		}
	}

	private static MappingBuilder streaming(Sdk sdk) {
		if (sdk == Sdk.GEMINI) {
			return WireMock.post(WireMock.urlPathMatching(".*:streamGenerateContent"));
		}
		return WireMock.post(WireMock.urlPathMatching(sdk.pathPattern()))
			.withRequestBody(WireMock.matchingJsonPath("$[?(@.stream == true)]"));
	}

	/**
	 * Answers everything alike.
	 * @param answer the answer
	 */
	void answer(ResponseDefinitionBuilder answer) {
		this.server.stubFor(WireMock.post(WireMock.anyUrl()).atPriority(1).willReturn(answer));
	}

	/**
	 * Answers with documents, one after the other.
	 * @param files the files
	 */
	void answerInTurn(List<String> files) {
		for (int i = 0; i < files.size(); i++) {
			this.server.stubFor(WireMock.post(WireMock.anyUrl())
				.atPriority(1)
				.inScenario(SCENARIO)
				.whenScenarioStateIs((i == 0) ? Scenario.STARTED : String.valueOf(i))
				.willSetStateTo(String.valueOf(i + 1))
				.willReturn(json(files.get(i))));
		}
	}

	static ResponseDefinitionBuilder json(String file) {
		return WireMock.aResponse().withHeader("Content-Type", "application/json").withBody(read(file));
	}

	private static ResponseDefinitionBuilder stream(String file) {
		return WireMock.aResponse().withHeader("Content-Type", "text/event-stream").withBody(read(file));
	}

	static byte[] read(String file) {
		try {
			return new ClassPathResource("provider/" + file).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * All that it was asked.
	 * @return the requests, oldest first
	 */
	List<LoggedRequest> requests() {
		List<ServeEvent> events = this.server.getAllServeEvents();
		return IntStream.range(0, events.size())
			.mapToObj((i) -> events.get(events.size() - 1 - i).getRequest())
			.toList();
	}

	/**
	 * What it was asked last.
	 * @return the request
	 */
	LoggedRequest lastRequest() {
		return this.server.getAllServeEvents().get(0).getRequest();
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
