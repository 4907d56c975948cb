package io.memoryrouter.benchmarks.gateway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares a plain route of Spring Cloud Gateway with the same route behind the
 * {@code Memory} filter, in one process and one run. The modes take turns, so that a slow
 * moment of the machine meets all of them; what counts is each round's ratio to its own
 * plain round.
 */
@Command(name = "load", mixinStandardHelpOptions = true,
		description = "Compares routes with and without memory under load, interleaved")
public final class LoadCommand implements Callable<Integer> {

	@Option(names = "--jar", description = "the gateway's executable jar (default: ${DEFAULT-VALUE})",
			defaultValue = "sample-gateway/target/sample-gateway.jar")
	private Path jar = Path.of("");

	@Option(names = "--rounds", description = "rounds of each mode (default: ${DEFAULT-VALUE})", defaultValue = "10")
	private int rounds;

	@Option(names = "--requests", description = "requests in a round (default: ${DEFAULT-VALUE})",
			defaultValue = "2000")
	private int requests;

	@Option(names = "--concurrency", description = "requests at a time (default: ${DEFAULT-VALUE})",
			defaultValue = "16")
	private int concurrency;

	@Option(names = "--body-size", description = "bytes of a request (default: ${DEFAULT-VALUE})",
			defaultValue = "1024")
	private int bodySize;

	@Option(names = "--memories", description = "memories in the vault (default: ${DEFAULT-VALUE})",
			defaultValue = "1000")
	private int memories;

	@Override
	public Integer call() {
		try (StubProvider provider = new StubProvider();
				GatewayProcess gateway = GatewayProcess.start(this.jar, environment(provider), routes(provider));
				LoadGenerator generator = new LoadGenerator(this.concurrency)) {
			System.out.printf("start to ready %.1f s, resident set %d MiB%n", gateway.startToReady().toMillis() / 1e3,
					gateway.residentMebibytes());
			String key = gateway.issueKey();
			fill(gateway, key);
			Map<Mode, List<Round>> measured = measure(gateway, generator, key);
			print(measured);
			System.out.printf("resident set after load %d MiB%n", gateway.residentMebibytes());
		}
		return 0;
	}

	private static Map<String, String> environment(StubProvider provider) {
		return Map.of("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", provider.address() + "/v1");
	}

	private static List<String> routes(StubProvider provider) {
		String routes = "--spring.cloud.gateway.server.webflux.routes";
		return List.of(routes + "[0].id=plain", routes + "[0].uri=" + provider.address(),
				routes + "[0].predicates[0]=Path=/plain/**", routes + "[0].filters[0]=StripPrefix=1",
				routes + "[1].id=memory", routes + "[1].uri=" + provider.address(),
				routes + "[1].predicates[0]=Path=/v1/**", routes + "[1].filters[0]=Memory");
	}

	/** Stores made-up memories and waits until all of them have their vectors. */
	private void fill(GatewayProcess gateway, String key) {
		try (LoadGenerator writer = new LoadGenerator(1)) {
			for (int i = 0; i < this.memories; i += 2) {
				String fact = "Fact number %d: on day %d the %s was moved to shelf %d".formatted(i, i % 365,
						List.of("ladder", "printer", "violin", "kettle", "globe").get(i % 5), i % 97);
				writer.run(gateway.uri("/v1/chat/completions"), Mode.FULL.headers(key + ":write"), body(fact, 0), 1);
			}
		}
		gateway.awaitEmbedded();
	}

	private Map<Mode, List<Round>> measure(GatewayProcess gateway, LoadGenerator generator, String key) {
		Map<Mode, List<Round>> measured = new EnumMap<>(Mode.class);
		byte[] body = body("Which shelf was the violin moved to on day 100, and who did it?", this.bodySize);
		for (int round = -1; round < this.rounds; round++) {
			for (Mode mode : Mode.values()) {
				Duration before = gateway.processorTime();
				LoadGenerator.Result result = generator.run(gateway.uri(mode.path), mode.headers(key), body,
						this.requests);
				Duration processor = gateway.processorTime().minus(before);
				// The first round warms up.
				if (round >= 0) {
					measured.computeIfAbsent(mode, (m) -> new ArrayList<>()).add(new Round(result, processor));
				}
			}
		}
		return measured;
	}

	private static byte[] body(String question, int size) {
		String start = "{\"model\":\"openai/stub\",\"messages\":[{\"role\":\"system\",\"content\":\"";
		String end = "\"},{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
		int padding = Math.max(0, size - start.length() - end.length());
		return (start + "You are helpful. ".repeat(padding / 17) + end).getBytes(StandardCharsets.UTF_8);
	}

	private void print(Map<Mode, List<Round>> measured) {
		List<Round> plain = measured.getOrDefault(Mode.PLAIN, List.of());
		System.out.printf("%d rounds of %d requests, %d at a time, %d byte bodies, %d memories%n", this.rounds,
				this.requests, this.concurrency, this.bodySize, this.memories);
		System.out.printf("%-8s %22s %12s %10s %10s%n", "mode", "throughput / plain", "+CPU us/req", "p50 ms",
				"p99 ms");
		measured.forEach((mode, rounds) -> {
			double[] ratios = new double[rounds.size()];
			double[] processor = new double[rounds.size()];
			for (int i = 0; i < ratios.length; i++) {
				ratios[i] = rounds.get(i).result().requestsPerSecond() / plain.get(i).result().requestsPerSecond();
				processor[i] = rounds.get(i).processorMicros() - plain.get(i).processorMicros();
			}
			double p50 = median(rounds.stream().mapToDouble((round) -> round.result().millisecondsAt(50)).toArray());
			double p99 = median(rounds.stream().mapToDouble((round) -> round.result().millisecondsAt(99)).toArray());
			System.out.printf("%-8s %8.3f (%.3f-%.3f) %12.1f %10.2f %10.2f%n", mode.name().toLowerCase(),
					median(ratios), Arrays.stream(ratios).min().orElse(0), Arrays.stream(ratios).max().orElse(0),
					median(processor), p50, p99);
		});
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	private enum Mode {

		PLAIN("/plain/v1/chat/completions", ""),

		OFF("/v1/chat/completions", ":off"),

		READ("/v1/chat/completions", ":read"),

		FULL("/v1/chat/completions", "");

		private final String path;

		private final String suffix;

		Mode(String path, String suffix) {
			this.path = path;
			this.suffix = suffix;
		}

		private Map<String, String> headers(String key) {
			Map<String, String> headers = new LinkedHashMap<>();
			headers.put("Content-Type", "application/json");
			headers.put("Authorization", "Bearer sk-benchmark");
			if (this != PLAIN) {
				headers.put("X-Memory-Key", key + this.suffix);
			}
			return headers;
		}

	}

	private record Round(LoadGenerator.Result result, Duration processor) {

		private double processorMicros() {
			return this.processor.toNanos() / 1e3 / this.result.count();
		}

	}

}
