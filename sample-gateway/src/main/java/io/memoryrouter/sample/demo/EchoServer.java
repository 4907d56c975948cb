package io.memoryrouter.sample.demo;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A provider of OpenAI's form that needs no network and no key: it answers every question
 * with the memories that came with it. It listens on the loopback interface, on a port
 * that the system chooses.
 */
public final class EchoServer implements AutoCloseable {

	/** The only model. */
	public static final String MODEL = "echo";

	/** A request of the gateway's own limit fits, with the memories added to it. */
	private static final DataSize MAX_BODY = DataSize.ofMegabytes(64);

	private static final Duration MAX_STOP = Duration.ofSeconds(3);

	private final DisposableServer server;

	private EchoServer(DisposableServer server) {
		this.server = server;
	}

	/**
	 * Starts a server.
	 * @return the server, listening
	 */
	public static EchoServer start() {
		HttpServer server = HttpServer.create().host("127.0.0.1").port(0);
		return new EchoServer(server.handle(new ReactorHttpHandlerAdapter(handler())).bindNow());
	}

	private static HttpHandler handler() {
		HandlerStrategies strategies = HandlerStrategies.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize((int) MAX_BODY.toBytes()))
			.build();
		return RouterFunctions.toHttpHandler(routes(), strategies);
	}

	private static RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.POST("/v1/chat/completions", EchoServer::complete)
			.GET("/v1/models", (request) -> json(HttpStatus.OK, models()))
			.route((request) -> true,
					(request) -> error(HttpStatus.NOT_FOUND,
							"demo/echo answers POST /chat/completions and GET /models alone"))
			.build();
	}

	private static Mono<ServerResponse> complete(ServerRequest request) {
		return request.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map((body) -> EchoCompletion.of(EchoRequest.read(body)))
			.flatMap(EchoServer::answer)
			.onErrorResume(IllegalArgumentException.class,
					(ex) -> error(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage())));
	}

	private static Mono<ServerResponse> answer(EchoCompletion completion) {
		if (!completion.request().stream()) {
			return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(completion.json());
		}
		Flux<DataBuffer> events = Flux.fromIterable(completion.events()).map(EchoServer::event);
		return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events, DataBuffer.class);
	}

	private static DataBuffer event(String data) {
		byte[] event = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
		return DefaultDataBufferFactory.sharedInstance.wrap(event);
	}

	private static Map<String, Object> models() {
		Map<String, Object> model = Map.of("id", MODEL, "object", "model", "created", 0, "owned_by", "memoryrouter");
		return Map.of("object", "list", "data", new Object[] { model });
	}

	private static Mono<ServerResponse> error(HttpStatus status, String message) {
		return json(status, Map.of("error", Map.of("message", message, "type", "invalid_request_error")));
	}

	private static Mono<ServerResponse> json(HttpStatus status, Object body) {
		return ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON).bodyValue(body);
	}

	/**
	 * Where the server listens, with the version segment.
	 * @return the base URL of the provider
	 */
	public URI baseUrl() {
		return URI.create("http://127.0.0.1:" + this.server.port() + "/v1");
	}

	@Override
	public void close() {
		this.server.disposeNow(MAX_STOP);
	}

}
