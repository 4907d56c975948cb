package io.memoryrouter.sample.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command line of {@code curl} as it was printed for people: in a shell, by the
 * real program. That both are installed is taken for granted.
 */
public final class CurlScript {

	/** What a person would not type, but a test needs. */
	private static final String CONFIGURATION = "include\nsilent\nshow-error\nmax-time = 60\n";

	private final Path folder;

	/**
	 * Makes a runner.
	 * @param folder an empty folder, for what is configured and what is printed
	 */
	public CurlScript(Path folder) {
		this.folder = folder;
	}

	/**
	 * Runs a command.
	 * @param command the command, of one or several lines
	 * @return what was answered
	 * @throws IllegalStateException if there is no {@code curl}, or if it fails
	 */
	public Answer run(String command) {
		try {
			Files.writeString(this.folder.resolve(".curlrc"), CONFIGURATION);
			Path output = this.folder.resolve("output");
			ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().put("CURL_HOME", this.folder.toString());
			Process process = builder.start();
			boolean ended = process.waitFor(90, TimeUnit.SECONDS);
			String printed = Files.readString(output, StandardCharsets.UTF_8);
			if (!ended || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException("curl has to be installed, and failed: " + printed);
			}
			return Answer.parse(printed);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What was answered.
	 *
	 * @param status the status
	 * @param headers the headers, one a line
	 * @param body the body
	 */
	public record Answer(int status, String headers, String body) {

		private static Answer parse(String printed) {
			String[] parts = printed.split("\r\n\r\n", 2);
			return new Answer(Integer.parseInt(parts[0].split(" ")[1]), parts[0], parts[1]);
		}

	}

}
