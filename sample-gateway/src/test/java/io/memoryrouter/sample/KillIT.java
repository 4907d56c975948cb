package io.memoryrouter.sample;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.NumberingProvider;
import io.memoryrouter.sample.harness.StoredMemories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of an answer is a promise: whatever happens to the process, an exchange whose
 * answer came to its end is in the store, and none is there by half.
 */
class KillIT {

	private static final int KILLS = 20;

	private static final int CLIENTS = 4;

	/** The greatest number of exchanges between the start and the kill. */
	private static final int MAX_EXCHANGES = 150;

	private static final Pattern NUMBER = Pattern.compile("(?:Fact|Answer) number (\\d+)");

	private final AtomicInteger numbers = new AtomicInteger();

	private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

	private final Random random = new Random(20261124);

	@TempDir
	Path folder;

	@Test
	void killWhenUnderLoadThenEveryAcknowledgedExchangeIsStoredAndNoneIsTorn() throws Exception {
		try (NumberingProvider provider = new NumberingProvider()) {
			GatewayCommand command = GatewayCommand.in(this.folder)
				.environment("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", provider.baseUrl())
				.environment("MEMORYROUTER_PROVIDERS_OPENAI_APIKEY", "sk-1")
				// An answer waits for a slow disk, so that its end is a promise without
				// an exception.
				.environment("MEMORYROUTER_INGEST_HOLD", "20s");
			String memoryKey = null;
			for (int kill = 0; kill < KILLS; kill++) {
				try (GatewayProcess gateway = command.start()) {
					memoryKey = (memoryKey != null) ? memoryKey : gateway.printedMemoryKey();
					loadAndKill(gateway, memoryKey);
				}
			}
			assertThat(this.acknowledged).hasSizeGreaterThan(KILLS * CLIENTS);
			verify(StoredMemories.of(this.folder.resolve("data"), memoryKey));
		}
	}

	private void loadAndKill(GatewayProcess gateway, String memoryKey) throws Exception {
		CountDownLatch answers = new CountDownLatch(1 + this.random.nextInt(MAX_EXCHANGES));
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<?>> loads = IntStream.range(0, CLIENTS)
				.<Future<?>>mapToObj((client) -> clients.submit(() -> load(gateway, memoryKey, answers)))
				.toList();
			assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
			gateway.kill();
			for (Future<?> load : loads) {
				load.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			clients.shutdownNow();
		}
	}

	private void load(GatewayProcess gateway, String memoryKey, CountDownLatch answers) {
		try {
			while (true) {
				int number = this.numbers.incrementAndGet();
				send(gateway, memoryKey, number);
				this.acknowledged.add(number);
				answers.countDown();
			}
		}
		catch (UncheckedIOException ex) {
			assertThat(gateway.awaitExit()).isNotZero();
		}
	}

	/** By each way in turn: as an answer, as a stream, handed in. */
	private static void send(GatewayProcess gateway, String memoryKey, int number) {
		if (number % 3 == 0) {
			HttpResponse<String> accepted = gateway.ingest(memoryKey, "Fact number " + number,
					"Answer number " + number);
			assertThat(accepted.statusCode()).isEqualTo(202);
			return;
		}
		HttpResponse<String> answer = gateway.chat(memoryKey, NumberingProvider.request(number, number % 2 == 0));
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	private void verify(List<Memory> memories) {
		Set<Integer> questions = numbers(memories, Role.USER);
		Set<Integer> answers = numbers(memories, Role.ASSISTANT);
		assertThat(questions).containsAll(this.acknowledged);
		assertThat(answers).isEqualTo(questions);
		assertThat(memories).noneMatch(Memory::partial).hasSize(2 * questions.size());
	}

	private static Set<Integer> numbers(List<Memory> memories, Role role) {
		Set<Integer> numbers = new HashSet<>();
		for (Memory memory : memories) {
			Matcher matcher = NUMBER.matcher(memory.text());
			if (memory.role() == role && matcher.matches()) {
				numbers.add(Integer.valueOf(matcher.group(1)));
			}
		}
		return numbers;
	}

}
