package io.memoryrouter.benchmarks.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.netty.buffer.Unpooled;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends the same request over and over, a fixed number of requests at a time (a closed
 * loop), and measures each from the moment it is sent to the end of its answer.
 */
final class LoadGenerator implements AutoCloseable {

	private static final long SLOWEST = Duration.ofSeconds(60).toNanos();

	private final int concurrency;

	private final ConnectionProvider connections;

	private final HttpClient client;

	/**
	 * Makes a generator.
	 * @param concurrency the number of requests under way at any time
	 */
	LoadGenerator(int concurrency) {
		this.concurrency = concurrency;
		this.connections = ConnectionProvider.create("load", concurrency);
		this.client = HttpClient.create(this.connections);
	}

	/**
	 * Sends requests.
	 * @param uri where to
	 * @param headers their headers
	 * @param body their body
	 * @param count how many
	 * @return the latencies and the time that all of them took
	 */
	Result run(URI uri, Map<String, String> headers, byte[] body, int count) {
		Histogram latencies = new ConcurrentHistogram(SLOWEST, 3);
		HttpClient prepared = this.client.headers((all) -> headers.forEach(all::set));
		long start = System.nanoTime();
		Flux.range(0, count)
			.flatMap((i) -> send(prepared, uri, body, latencies), this.concurrency)
			.then()
			.block(Duration.ofMinutes(5));
		return new Result(latencies, Duration.ofNanos(System.nanoTime() - start), count);
	}

	private static Mono<Void> send(HttpClient client, URI uri, byte[] body, Histogram latencies) {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return client.post()
				.uri(uri)
				.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
				.responseSingle((response, content) -> (response.status().code() == 200) ? content.then()
						: Mono.error(new IllegalStateException("The gateway answered " + response.status())))
				.doOnSuccess((done) -> latencies.recordValue(System.nanoTime() - start));
		});
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

	/**
	 * What was measured.
	 *
	 * @param latencies the latencies, in nanoseconds
	 * @param elapsed the time that all requests took together
	 * @param count the number of requests
	 */
	record Result(Histogram latencies, Duration elapsed, int count) {

		double requestsPerSecond() {
			return this.count / (this.elapsed.toNanos() / 1e9);
		}

		double millisecondsAt(double percentile) {
			return this.latencies.getValueAtPercentile(percentile) / 1e6;
		}

	}

}
