package io.memoryrouter.sample.demo;

import java.net.URI;
import java.time.Duration;

import io.memoryrouter.gateway.chat.ApiFamily;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A provider of all dialects that needs no network and no key: it answers every question
 * with the memories that came with it. It listens on the loopback interface, on a port
 * that the system chooses.
 * <p>
 * Its paths are those of Google, whose API is the one that keeps OpenAI's endpoints apart
 * from its own, so that a list of models can have the form of either.
 */
public final class EchoServer implements AutoCloseable {

	/** The only model. */
	public static final String MODEL = "echo";

	private static final String BASE = "/v1beta";

	private static final String OPENAI = "/openai";

	private static final String MESSAGES = "/messages";

	private static final String MODELS = "/models";

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
		HandlerFunction<ServerResponse> gemini = new EchoHandler(new GeminiEcho());
		String model = MODELS + "/{" + GeminiEcho.MODEL + "}";
		return RouterFunctions.route()
			.POST(BASE + OPENAI + "/chat/completions", new EchoHandler(new OpenAiChatEcho()))
			.POST(BASE + OPENAI + "/responses", new EchoHandler(new OpenAiResponsesEcho()))
			.POST(BASE + MESSAGES, new EchoHandler(new AnthropicMessagesEcho()))
			.POST(BASE + model + GeminiEcho.GENERATE, gemini)
			.POST(BASE + model + GeminiEcho.STREAM, gemini)
			.GET(BASE + MODELS, EchoServer::models)
			.GET(BASE + OPENAI + MODELS, EchoServer::models)
			.route((request) -> true, (request) -> EchoHandler.refuse(family(request), EchoException.unknownEndpoint()))
			.build();
	}

	private static Mono<ServerResponse> models(ServerRequest request) {
		return EchoHandler.json(EchoJson.write(EchoModels.list(family(request))));
	}

	private static ApiFamily family(ServerRequest request) {
		if (request.path().startsWith(BASE + OPENAI)) {
			return ApiFamily.OPENAI;
		}
		boolean anthropic = request.path().startsWith(BASE + MESSAGES)
				|| request.headers().asHttpHeaders().containsHeader("anthropic-version");
		return anthropic ? ApiFamily.ANTHROPIC : ApiFamily.GEMINI;
	}

	/**
	 * Where the server listens, with the version segment.
	 * @return the base URL of the provider
	 */
	public URI baseUrl() {
		return URI.create("http://127.0.0.1:" + this.server.port() + BASE);
	}

	@Override
	public void close() {
		this.server.disposeNow(MAX_STOP);
	}

}
