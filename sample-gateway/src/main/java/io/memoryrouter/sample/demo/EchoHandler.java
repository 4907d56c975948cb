package io.memoryrouter.sample.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.ApiFamily;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers the questions of one dialect.
 */
final class EchoHandler implements HandlerFunction<ServerResponse> {

	private final EchoDialect dialect;

	EchoHandler(EchoDialect dialect) {
		this.dialect = dialect;
	}

	@Override
	public Mono<ServerResponse> handle(ServerRequest request) {
		return request.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map((body) -> this.dialect.read(request, EchoJson.read(body)))
			.map(EchoHandler::answer)
			.flatMap(this::respond)
			.onErrorResume(EchoException.class, (ex) -> refuse(this.dialect.family(), ex));
	}

	private static EchoAnswer answer(EchoQuestion question) {
		if (!EchoServer.MODEL.equals(question.model())) {
			throw EchoException.unknownModel(question.model());
		}
		return EchoAnswer.to(question);
	}

	private Mono<ServerResponse> respond(EchoAnswer answer) {
		return switch (answer.question().delivery()) {
			case DOCUMENT -> json(EchoJson.write(this.dialect.document(answer)));
			case EVENTS -> stream(MediaType.TEXT_EVENT_STREAM,
					this.dialect.events(answer).stream().map(EchoEvent::serialize).toList());
			case ARRAY -> stream(MediaType.APPLICATION_JSON, elements(this.dialect.events(answer)));
		};
	}

	private static List<String> elements(List<EchoEvent> events) {
		List<String> elements = new ArrayList<>();
		for (EchoEvent event : events) {
			elements.add((elements.isEmpty() ? "[" : ",\r\n") + event.data());
		}
		elements.add("\n]\n");
		return elements;
	}

	private static Mono<ServerResponse> stream(MediaType type, List<String> pieces) {
		Flux<DataBuffer> buffers = Flux.fromIterable(pieces)
			.map((piece) -> DefaultDataBufferFactory.sharedInstance.wrap(piece.getBytes(StandardCharsets.UTF_8)));
		return ServerResponse.ok().contentType(type).body(buffers, DataBuffer.class);
	}

	static Mono<ServerResponse> json(String body) {
		return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
	}

	/**
	 * Says no.
	 * @param family whose form the error has
	 * @param exception why
	 * @return the response
	 */
	static Mono<ServerResponse> refuse(ApiFamily family, EchoException exception) {
		return ServerResponse.status(exception.error().status())
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(family.render(exception.error()));
	}

}
