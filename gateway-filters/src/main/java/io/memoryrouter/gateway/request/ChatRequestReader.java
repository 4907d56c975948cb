package io.memoryrouter.gateway.request;

import java.time.Clock;
import java.util.function.Function;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.gateway.support.MemoryReport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Reads the body of a request to an endpoint that has memory: joins it, up to a limit,
 * and scans it once.
 */
public final class ChatRequestReader {

	/**
	 * A body up to this size is scanned where it is; that takes tens of microseconds. A
	 * larger one would keep the other connections of its event loop waiting.
	 */
	private static final int SCANNED_IN_PLACE = 64 * 1024;

	private final int maxBodySize;

	private final Clock clock;

	/**
	 * Makes a reader.
	 * @param maxBodySize the greatest size of a body, less than 2 GB
	 * @param clock tells when a request came
	 */
	public ChatRequestReader(DataSize maxBodySize, Clock clock) {
		Assert.isTrue(maxBodySize.toBytes() > 0 && maxBodySize.toBytes() < Integer.MAX_VALUE,
				"The greatest size of a body is more than 0 and less than 2 GB");
		this.maxBodySize = (int) maxBodySize.toBytes();
		this.clock = clock;
	}

	/**
	 * Reads a request.
	 * @param exchange the exchange
	 * @param endpoint its endpoint, one that has a dialect
	 * @return the request. An {@link ApiException} error if it is too large (413), not
	 * JSON or compressed (415), or cannot be read (400)
	 */
	Mono<ChatCall> read(ServerWebExchange exchange, Endpoint endpoint) {
		Dialect dialect = endpoint.dialect();
		Assert.state(dialect != null, "The endpoint has no memory");
		return read(exchange, dialect, (body) -> dialect.read(endpoint.path(), body));
	}

	/**
	 * Reads a request to an endpoint of this product's own that has messages.
	 * @param exchange the exchange
	 * @param scanner scans the body; throws {@link InvalidChatRequestException} if it
	 * cannot be read
	 * @return the request, with the errors of one to an endpoint that has memory
	 */
	public Mono<ChatCall> readOwn(ServerWebExchange exchange, Function<byte[], ChatRequest> scanner) {
		return read(exchange, Dialect.OPENAI_CHAT, scanner);
	}

	private Mono<ChatCall> read(ServerWebExchange exchange, Dialect dialect, Function<byte[], ChatRequest> scanner) {
		ServerHttpRequest request = exchange.getRequest();
		ApiException refusal = refusal(request.getHeaders());
		if (refusal != null) {
			return Mono.error(refusal);
		}
		return join(request).flatMap((body) -> scan(exchange, dialect, scanner, body));
	}

	/**
	 * Reads a request to an endpoint without memory, if it has a JSON body: its model may
	 * name the provider. Anything else, files above all, is not held.
	 * @param exchange the exchange
	 * @param endpoint its endpoint, one of a provider's API
	 * @return the request; empty if its body is to stream through. An
	 * {@link ApiException} error if it turns out to be too large (413)
	 */
	Mono<ChatRequest> readPassThrough(ServerWebExchange exchange, Endpoint endpoint) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = request.getHeaders();
		boolean readable = HttpMethod.POST.equals(request.getMethod()) && !endpoint.version().isEmpty()
				&& headers.containsHeader(HttpHeaders.CONTENT_TYPE) && refusal(headers) == null;
		return readable
				? join(request).map((body) -> Dialect.readPassThrough(request.getMethod(), endpoint.path(), body))
				: Mono.empty();
	}

	private Mono<byte[]> join(ServerHttpRequest request) {
		return DataBufferUtils.join(request.getBody(), this.maxBodySize)
			.map(ChatRequestReader::toBytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge());
	}

	private @Nullable ApiException refusal(HttpHeaders headers) {
		if (headers.getContentLength() > this.maxBodySize) {
			return tooLarge();
		}
		if (!isJson(headers)) {
			return unsupported("The body has to be JSON: send 'Content-Type: application/json'",
					HttpHeaders.CONTENT_TYPE);
		}
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
			return unsupported("The body has to be sent as it is: leave out 'Content-Encoding'",
					HttpHeaders.CONTENT_ENCODING);
		}
		return null;
	}

	private static boolean isJson(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		if (value == null || value.isBlank()) {
			return true;
		}
		try {
			MediaType type = MediaType.parseMediaType(value);
			return type.isCompatibleWith(MediaType.APPLICATION_JSON) || "json".equals(type.getSubtypeSuffix());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static byte[] toBytes(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private Mono<ChatCall> scan(ServerWebExchange exchange, Dialect dialect, Function<byte[], ChatRequest> scanner,
			byte[] body) {
		Mono<ChatCall> call = Mono.fromCallable(() -> toChatCall(exchange, dialect, scanner, body));
		return (body.length <= SCANNED_IN_PLACE) ? call : call.subscribeOn(Schedulers.parallel());
	}

	private ChatCall toChatCall(ServerWebExchange exchange, Dialect dialect, Function<byte[], ChatRequest> scanner,
			byte[] body) {
		long start = System.nanoTime();
		ChatRequest request = parse(scanner, body);
		MemoryControls controls = ControlParser.parse(exchange.getRequest(), true, request.controls());
		KeyContext key = KeyContext.ATTRIBUTE.get(exchange);
		MemoryPlan plan = (key != null) ? MemoryPlan.of(key.allowed(), controls, request) : MemoryPlan.OFF;
		MemoryReport.of(exchange).workedSince(start);
		return new ChatCall(dialect, request, controls, plan, key, this.clock.instant());
	}

	private static ChatRequest parse(Function<byte[], ChatRequest> scanner, byte[] body) {
		try {
			return scanner.apply(body);
		}
		catch (InvalidChatRequestException ex) {
			String message = (ex.getMessage() != null) ? ex.getMessage() : "The body cannot be read";
			throw ApiException.badRequest("invalid_request_body", message, ex.param());
		}
	}

	private ApiException tooLarge() {
		return new ApiException(new ApiError(HttpStatus.CONTENT_TOO_LARGE, "request_too_large",
				"The body is larger than " + this.maxBodySize + " bytes, the most that is accepted", null));
	}

	private static ApiException unsupported(String message, String header) {
		return new ApiException(
				new ApiError(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message, header));
	}

}
