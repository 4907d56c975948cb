package io.memoryrouter.sample;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was acknowledged is seen by the next request, whatever connection it comes by and
 * whoever writes beside it.
 */
class ReadYourWritesIT {

	private static final int WRITERS = 4;

	private static final int WRITES = 12;

	private static final int READERS = 3;

	@TempDir
	static Path folder;

	private static GatewayProcess gateway;

	private static String memoryKey;

	@BeforeAll
	static void start() {
		gateway = GatewayCommand.in(folder)
			.environment("MEMORYROUTER_CONTEXT_DEADLINE", "20s")
			.environment("MEMORYROUTER_INGEST_HOLD", "20s")
			.start();
		memoryKey = gateway.printedMemoryKey();
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@Test
	void prepareWhenItFollowsAnAcknowledgementThenEveryConnectionSeesIt() throws Exception {
		ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
		try {
			List<Future<?>> all = IntStream.range(0, WRITERS)
				.<Future<?>>mapToObj((writer) -> writers.submit(() -> writeAndRead(writer)))
				.toList();
			for (Future<?> writer : all) {
				writer.get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			writers.shutdownNow();
		}
	}

	private static void writeAndRead(int writer) {
		HttpClient own = newConnection();
		List<HttpClient> others = IntStream.range(0, READERS).mapToObj((reader) -> newConnection()).toList();
		for (int write = 0; write < WRITES; write++) {
			String locker = "locker" + writer + "x" + write;
			String code = "code" + (7 * writer + 31 * write);
			Way.values()[write % Way.values().length].write(own, locker, code);
			List<CompletableFuture<String>> contexts = new ArrayList<>();
			for (HttpClient other : others) {
				contexts.add(other
					.sendAsync(post("/v1/memory/prepare", question(locker)), HttpResponse.BodyHandlers.ofString())
					.thenApply(ReadYourWritesIT::context));
			}
			for (CompletableFuture<String> context : contexts) {
				assertThat(context.join()).as(locker).contains("The secret of " + locker + " is " + code);
			}
		}
	}

	private static String question(String locker) {
		return "{\"messages\":[{\"role\":\"user\",\"content\":\"What is the secret of " + locker + "?\"}]}";
	}

	private static String context(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body()).path("context").asString("");
	}

	/** A client has a pool of its own. */
	private static HttpClient newConnection() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	}

	private static HttpRequest post(String path, String body) {
		return HttpRequest.newBuilder(gateway.uri(path))
			.header("X-Memory-Key", memoryKey)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

	/**
	 * How something gets into a vault.
	 */
	private enum Way {

		/** Handed in. */
		INGEST("/v1/memory/ingest", 202, "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),

		/** Said in a proxied call. */
		CHAT("/v1/chat/completions", 200,
				"{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),

		/** Said in a proxied call that streams. */
		STREAM("/v1/chat/completions", 200,
				"{\"model\":\"demo/echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),

		/** Uploaded. */
		UPLOAD("/v1/memory/upload", 200, "{\"content\":\"%s\"}");

		private final String path;

		private final int status;

		private final String body;

		Way(String path, int status, String body) {
			this.path = path;
			this.status = status;
			this.body = body;
		}

		void write(HttpClient client, String locker, String code) {
			String text = "The secret of " + locker + " is " + code;
			HttpResponse<String> answer = client
				.sendAsync(post(this.path, this.body.formatted(text)), HttpResponse.BodyHandlers.ofString())
				.join();
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(this.status);
		}

	}

}
