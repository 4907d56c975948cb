package io.memoryrouter.sample.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A provider that answers "Fact number 7" with "Answer number 7", as JSON or as a stream,
 * so that the two halves of an exchange can be told to belong together.
 */
public final class NumberingProvider implements AutoCloseable {

	private static final Pattern FACT = Pattern.compile("\"content\":\"Fact number (\\d+)");

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/**
	 * Starts the provider.
	 */
	public NumberingProvider() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/v1/chat/completions", NumberingProvider::answer);
		this.server.start();
	}

	/**
	 * A request that states a fact.
	 * @param number the number of the fact
	 * @param stream whether to ask for a stream
	 * @return the body
	 */
	public static String request(int number, boolean stream) {
		return "{\"model\":\"openai/gpt-5.5\",\"stream\":" + stream
				+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Fact number " + number + "\"}]}";
	}

	private static void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			Matcher fact = FACT.matcher(request);
			if (!fact.find()) {
				throw new IOException("No fact in " + request);
			}
			boolean stream = request.contains("\"stream\":true");
			byte[] body = (stream ? stream(fact.group(1)) : json(fact.group(1))).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
			exchange.sendResponseHeaders(200, stream ? 0 : body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static String json(String number) {
		return "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
				+ "\"content\":\"Answer number " + number + "\"},\"finish_reason\":\"stop\"}]}";
	}

	private static String stream(String number) {
		return chunk("Answer") + chunk(" number ") + chunk(number) + "data: [DONE]\n\n";
	}

	private static String chunk(String text) {
		return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
				+ "\"},\"finish_reason\":null}]}\n\n";
	}

	/**
	 * Where it listens.
	 * @return the base URL, with the version segment
	 */
	public String baseUrl() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1";
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
