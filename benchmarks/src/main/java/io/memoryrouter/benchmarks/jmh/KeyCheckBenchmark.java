package io.memoryrouter.benchmarks.jmh;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.keys.CachingMemoryKeyService;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.memory.VaultId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Mono;

/**
 * What checking a Memory Key costs that was seen shortly before: parsing, hashing and the
 * cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyCheckBenchmark {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private String token = "";

	private CachingMemoryKeyService keys = new CachingMemoryKeyService((hash) -> Mono.empty());

	/** Makes a key and lets it be seen once. */
	@Setup
	public void seeKey() {
		MemoryKey key = MemoryKey.mint(new SecureRandom());
		this.token = key.reveal() + ":read";
		this.keys = new CachingMemoryKeyService((hash) -> find(key.hash(), hash));
		Objects.requireNonNull(this.keys.authenticate(key).block(TIMEOUT), "The key is not accepted");
	}

	/**
	 * Checks the key.
	 * @return what it stands for
	 */
	@Benchmark
	public Object check() {
		return Objects.requireNonNull(this.keys.authenticate(MemoryKey.parse(this.token)).block(TIMEOUT));
	}

	private static Mono<KeyRecord> find(String knownHash, String hash) {
		return hash.equals(knownHash) ? Mono.just(new KeyRecord("key_0", "default", "benchmark", new VaultId("vault"),
				List.of(), KeyMode.ON, Instant.EPOCH, null, null)) : Mono.empty();
	}

}
