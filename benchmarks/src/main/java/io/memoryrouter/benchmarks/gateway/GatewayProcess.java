package io.memoryrouter.benchmarks.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code sample-gateway} on the embedded store, started from its jar with a heap of 256
 * MB, an empty folder and free ports; gone when closed.
 */
public final class GatewayProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(20);

	private static final String ADMIN_TOKEN = "benchmark-administrator";

	private final Process process;

	private final Path folder;

	private final int port;

	private final int managementPort;

	private final HttpClient client = HttpClient.newHttpClient();

	private final Duration startToReady;

	private GatewayProcess(Path jar, Map<String, String> environment, List<String> arguments) {
		try {
			this.folder = Files.createTempDirectory("memoryrouter-benchmark");
			this.port = freePort();
			this.managementPort = freePort();
			long start = System.nanoTime();
			this.process = launch(jar, environment, arguments);
			awaitReady();
			this.startToReady = Duration.ofNanos(System.nanoTime() - start);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a gateway and waits until it is ready.
	 * @param jar the executable jar
	 * @param environment settings, in their environment form
	 * @param arguments more settings, as command line arguments
	 * @return the running gateway
	 */
	public static GatewayProcess start(Path jar, Map<String, String> environment, List<String> arguments) {
		return new GatewayProcess(jar, environment, arguments);
	}

	private Process launch(Path jar, Map<String, String> environment, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar",
						jar.toAbsolutePath().toString()));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("output.txt").toFile());
		builder.environment().putAll(environment);
		builder.environment().put("SERVER_PORT", Integer.toString(this.port));
		builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(this.managementPort));
		builder.environment().put("MEMORYROUTER_STORE_EMBEDDED_PATH", this.folder.resolve("data").toString());
		builder.environment().put("MEMORYROUTER_ADMIN_TOKEN", ADMIN_TOKEN);
		return builder.start();
	}

	private void awaitReady() throws IOException {
		URI readiness = URI.create("http://127.0.0.1:" + this.managementPort + "/actuator/health/readiness");
		long deadline = System.nanoTime() + START_LIMIT.toNanos();
		while (System.nanoTime() < deadline) {
			if (!this.process.isAlive()) {
				throw new IllegalStateException(
						"The gateway did not start: " + Files.readString(this.folder.resolve("output.txt")));
			}
			if (answersOk(readiness)) {
				return;
			}
			pause();
		}
		throw new IllegalStateException("The gateway was not ready after " + START_LIMIT);
	}

	private boolean answersOk(URI uri) {
		try {
			return this.client
				.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(1)).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the gateway starts", ex);
		}
	}

	/**
	 * Makes a Memory Key for a new vault.
	 * @return the key
	 */
	public String issueKey() {
		HttpRequest request = HttpRequest.newBuilder(uri("/v1/keys"))
			.header("Authorization", "Bearer " + ADMIN_TOKEN)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"benchmark\"}"))
			.build();
		HttpResponse<String> response = send(request);
		if (response.statusCode() != 201) {
			throw new IllegalStateException("No key was issued: " + response.statusCode());
		}
		return JsonMapper.shared().readTree(response.body()).get("key").asString();
	}

	/**
	 * The value of a metric of the gateway.
	 * @param name its Prometheus name
	 * @return the sum over all its series, 0 if there is none
	 */
	public double metric(String name) {
		URI metrics = URI.create("http://127.0.0.1:" + this.managementPort + "/actuator/prometheus");
		return send(HttpRequest.newBuilder(metrics).build()).body()
			.lines()
			.filter((line) -> line.startsWith(name + " ") || line.startsWith(name + "{"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	/**
	 * Waits until every memory that was stored has its vector.
	 */
	public void awaitEmbedded() {
		while (metric("memoryrouter_embedding_total") < metric("memoryrouter_ingest_memories_total")) {
			pause();
		}
	}

	/**
	 * Sends a request and waits for the whole answer.
	 * @param request the request
	 * @return the answer
	 */
	public HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for an answer", ex);
		}
	}

	/**
	 * The address of an endpoint.
	 * @param path its path
	 * @return the address
	 */
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	/**
	 * From the start of the process to the first good answer of its readiness probe.
	 * @return the time
	 */
	public Duration startToReady() {
		return this.startToReady;
	}

	/**
	 * The memory that the process holds now.
	 * @return the resident set in MiB, or −1 where the system does not tell
	 */
	public long residentMebibytes() {
		try (var lines = Files.lines(Path.of("/proc", Long.toString(this.process.pid()), "status"))) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
				.findFirst()
				.orElse(-1);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/**
	 * The processor time that the process has used.
	 * @return the time
	 */
	public Duration processorTime() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		deleteFolder();
	}

	private void deleteFolder() {
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(POLL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the gateway", ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
