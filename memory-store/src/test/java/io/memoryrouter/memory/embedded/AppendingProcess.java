package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import reactor.core.publisher.Flux;

/**
 * A program that stores exchanges until it is killed, and prints the ids of each as soon
 * as it was acknowledged.
 */
public final class AppendingProcess {

	static final VaultId VAULT = new VaultId("vault");

	private static final int AT_ONCE = 8;

	private AppendingProcess() {
	}

	/**
	 * Stores.
	 * @param arguments the folder
	 */
	public static void main(String[] arguments) {
		EmbeddedMemoryStore store = new EmbeddedMemoryStore(EmbeddedDatabase.open(Path.of(arguments[0])));
		String run = Instant.now().toString();
		Flux.range(0, Integer.MAX_VALUE)
			.map((number) -> exchange(run, number))
			.flatMap((exchange) -> store.append(VAULT, exchange.toMemories()), AT_ONCE)
			.doOnNext((ids) -> {
				System.out.println(String.join(" ", ids));
				System.out.flush();
			})
			.blockLast();
	}

	private static Exchange exchange(String run, int number) {
		return new Exchange(VAULT, new SessionId("session " + number % 10), Instant.now(), run, List.of(
				new Exchange.Turn(Role.USER, null, "question " + number + " " + "q".repeat(number % 2_000), false),
				new Exchange.Turn(Role.ASSISTANT, null, "answer " + number, false)));
	}

	public static Process start(Path folder) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
				System.getProperty("java.class.path"), AppendingProcess.class.getName(), folder.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	/**
	 * Reads what the process acknowledges.
	 * @param process the process
	 * @param count how many exchanges to wait for
	 * @return the ids of each exchange
	 * @throws IOException if nothing can be read
	 */
	public static List<List<String>> awaitAcknowledged(Process process, int count) throws IOException {
		return read(process.inputReader(StandardCharsets.UTF_8), count);
	}

	/**
	 * Reads what is left after the process ended. A last line may be cut.
	 * @param process the process
	 * @return the ids of each exchange
	 * @throws IOException if nothing can be read
	 */
	static List<List<String>> rest(Process process) throws IOException {
		return read(process.inputReader(StandardCharsets.UTF_8), Integer.MAX_VALUE).stream()
			.filter((ids) -> ids.size() == 2 && ids.stream().allMatch((id) -> id.length() == "mem_".length() + 32))
			.toList();
	}

	private static List<List<String>> read(BufferedReader reader, int count) throws IOException {
		List<List<String>> acknowledged = new ArrayList<>();
		while (acknowledged.size() < count) {
			String line = reader.readLine();
			if (line == null) {
				break;
			}
			acknowledged.add(List.of(line.split(" ")));
		}
		return acknowledged;
	}

}
