package io.memoryrouter.sample.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/**
 * A gateway that runs as a process.
 */
public final class GatewayProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern MEMORY_KEY = Pattern.compile("mk_[A-Za-z0-9]{16,64}");

	private static final Pattern ADMIN_TOKEN = Pattern.compile("administrator's token: +(\\S+)");

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final Process process;

	private final Path output;

	private final Path errors;

	private final int port;

	private final int managementPort;

	GatewayProcess(Process process, Path output, Path errors, int port, int managementPort) {
		this.process = process;
		this.output = output;
		this.errors = errors;
		this.port = port;
		this.managementPort = managementPort;
	}

	void awaitReady() {
		Awaitility.await("readiness").atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("It ended: " + errors() + output());
			}
			return isReady();
		});
	}

	/**
	 * Whether it says that it is ready.
	 * @return whether
	 */
	public boolean isReady() {
		try {
			HttpRequest request = HttpRequest.newBuilder(managementUri("/actuator/health/readiness")).build();
			return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An address of the gateway.
	 * @param path the path
	 * @return the address
	 */
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	/**
	 * An address on the management port.
	 * @param path the path
	 * @return the address
	 */
	public URI managementUri(String path) {
		return URI.create("http://127.0.0.1:" + this.managementPort + path);
	}

	/**
	 * Sends a request.
	 * @param request the request
	 * @return the answer
	 */
	public HttpResponse<String> send(HttpRequest request) {
		return send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		try {
			return CLIENT.send(request, handler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Posts a chat completion.
	 * @param memoryKey the Memory Key
	 * @param body the JSON
	 * @param headers more headers, names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> chat(String memoryKey, String body, String... headers) {
		return send(chatRequest(memoryKey, body, headers));
	}

	/**
	 * Posts a chat completion and reads the answer as it comes.
	 * @param memoryKey the Memory Key
	 * @param body the JSON
	 * @return the answer
	 */
	public HttpResponse<InputStream> stream(String memoryKey, String body) {
		return send(chatRequest(memoryKey, body), HttpResponse.BodyHandlers.ofInputStream());
	}

	/**
	 * Hands in an exchange.
	 * @param memoryKey the Memory Key
	 * @param question what the user said, without characters that JSON escapes
	 * @param answer what the assistant said, likewise
	 * @return the answer
	 */
	public HttpResponse<String> ingest(String memoryKey, String question, String answer) {
		return send(request("/v1/memory/ingest", memoryKey, "{\"messages\":[{\"role\":\"user\",\"content\":\""
				+ question + "\"},{\"role\":\"assistant\",\"content\":\"" + answer + "\"}]}"));
	}

	private HttpRequest chatRequest(String memoryKey, String body, String... headers) {
		return request("/v1/chat/completions", memoryKey, body, headers);
	}

	private HttpRequest request(String path, String memoryKey, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.timeout(PATIENCE)
			.header("X-Memory-Key", memoryKey)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
		return ((headers.length > 0) ? request.headers(headers) : request).build();
	}

	/**
	 * The Memory Key that the first start printed.
	 * @return the key
	 */
	public String printedMemoryKey() {
		return printed(MEMORY_KEY).group();
	}

	/**
	 * The administrator's token that the first start printed.
	 * @return the token
	 */
	public String printedAdminToken() {
		return printed(ADMIN_TOKEN).group(1);
	}

	private Matcher printed(Pattern pattern) {
		Matcher matcher = pattern.matcher(output());
		if (!matcher.find()) {
			throw new IllegalStateException("It was not printed: " + output());
		}
		return matcher;
	}

	/**
	 * What it printed so far.
	 * @return standard output
	 */
	public String output() {
		return read(this.output);
	}

	/**
	 * What went wrong so far.
	 * @return standard error
	 */
	public String errors() {
		return read(this.errors);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The process's id.
	 * @return the id
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Asks it to stop ({@code SIGTERM}), and does not wait.
	 */
	public void terminate() {
		this.process.destroy();
	}

	/**
	 * Waits for its end.
	 * @return the exit code
	 */
	public int awaitExit() {
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("It goes on: " + errors() + output());
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Ends it without a warning ({@code SIGKILL}) and waits until it is gone.
	 */
	public void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	@Override
	public void close() {
		kill();
	}

}
