package io.memoryrouter.benchmarks.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A provider that answers every request at once with the same short completion.
 */
final class StubProvider implements AutoCloseable {

	private static final byte[] ANSWER = """
			{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"stub","choices":[{"index":0,\
			"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
			"usage":{"prompt_tokens":20,"completion_tokens":180,"total_tokens":200}}"""
		.formatted("The launch list comes first, then training. ".repeat(18))
		.getBytes(StandardCharsets.UTF_8);

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive()
			.then(Mono.defer(() -> response.header("Content-Type", "application/json")
				.header("Content-Length", Integer.toString(ANSWER.length))
				.send(Mono.just(Unpooled.wrappedBuffer(ANSWER)))
				.then())))
		.bindNow(Duration.ofSeconds(10));

	/**
	 * Where it listens.
	 * @return the address, without a path
	 */
	String address() {
		return "http://127.0.0.1:" + this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
