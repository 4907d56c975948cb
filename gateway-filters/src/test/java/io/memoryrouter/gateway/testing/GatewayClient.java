package io.memoryrouter.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client of a gateway on this machine.
 */
public abstract class GatewayClient {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/** Where the gateway listens. */
	public abstract int port();

	/** A chat request with a Memory Key and a provider's key, as an SDK would send it. */
	public final HttpRequest.Builder chat(String body) {
		return chat("", body);
	}

	/** The same, to a route whose paths have a prefix. */
	public final HttpRequest.Builder chat(String prefix, String body) {
		return post(prefix + "/v1/chat/completions", body).header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice");
	}

	public final HttpRequest.Builder post(String path, String body) {
		return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
	}

	public final HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(20));
	}

	public final HttpResponse<String> send(HttpRequest.Builder request) {
		return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	public final <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
		try {
			return this.client.send(request.build(), handler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** A header of an answer, or an empty text. */
	public static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	/** What memory did for an answer, as its header says. */
	public static String outcome(HttpResponse<?> response) {
		return header(response, "X-Memory-Outcome");
	}

}
