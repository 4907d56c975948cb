package io.memoryrouter.gateway.api.memories.transfer;

import java.time.Clock;
import java.util.Map;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.memories.MemoryCalls;
import io.memoryrouter.gateway.api.memories.transfer.UploadWriter.Target;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code POST /v1/memory/upload}: takes JSON lines into a key's own vault.
 * <p>
 * Lines are read as the store takes them, so an upload of any size needs the same memory.
 * What comes in together is stored together and in order, before more is read. A bad line
 * does not sink the others, and what was stored when the client went away stays.
 * Uploading again what was stored already adds nothing.
 */
public final class UploadEndpoint {

	/** The greatest number of lines that are read. */
	static final int MAX_LINES = 10_000;

	private static final int MIN_LINE_LENGTH = 1024 * 1024;

	/** What a character takes at most: a backslash, {@code u} and four digits. */
	private static final int BYTES_PER_CHARACTER = 6;

	/** Ample for all but the text. */
	private static final int OTHER_FIELDS_LENGTH = 64 * 1024;

	private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {
	};

	private final UploadWriter writer;

	private final int maxLineLength;

	/**
	 * Makes the endpoint.
	 * @param ingestor takes what was said
	 * @param store knows what is there already
	 * @param clock tells the time of lines that say none
	 */
	public UploadEndpoint(MemoryIngestor ingestor, MemoryStore store, Clock clock) {
		this.writer = new UploadWriter(ingestor, store, clock);
		// What an export has written can be taken back.
		this.maxLineLength = Math.max(MIN_LINE_LENGTH,
				BYTES_PER_CHARACTER * ingestor.maxTextLength() + OTHER_FIELDS_LENGTH);
	}

	/**
	 * The endpoint.
	 * @return the route, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().POST("/v1/memory/upload", this::upload).build();
	}

	private Mono<ServerResponse> upload(ServerRequest request) {
		Target target = new Target(MemoryCalls.vaultToChange(request), MemoryCalls.sessionHeader(request),
				RequestUsage.of(request.exchange()));
		LineSplitter splitter = new LineSplitter(MAX_LINES, this.maxLineLength);
		UploadReport report = new UploadReport();
		return splitter.split(body(request))
			.concatMap((lines) -> this.writer.store(target, lines), 1)
			.doOnNext(report::add)
			.then(Mono.defer(() -> splitter.hasTooMany() ? interrupted(request, report, tooManyLines())
					: MemoryCalls.ok(report.json())))
			.onErrorResume((ex) -> interrupted(request, report,
					(ex instanceof ApiException refusal) ? refusal : MemoryCalls.unavailable(ex)));
	}

	/** A client that goes away is no fault of ours. */
	private static Flux<DataBuffer> body(ServerRequest request) {
		return request.body(BodyExtractors.toDataBuffers())
			.onErrorMap(
					(ex) -> ApiException.badRequest("incomplete_body", "The body could not be read to its end", null));
	}

	private static ApiException tooManyLines() {
		return new ApiException(
				new ApiError(HttpStatus.CONTENT_TOO_LARGE, "too_many_lines",
						"At most " + MAX_LINES
								+ " lines are read. Go on with another upload that begins with the line 'next_line'",
						null));
	}

	/** An error with, beside it, what was done before it happened. */
	private static Mono<ServerResponse> interrupted(ServerRequest request, UploadReport report, ApiException ex) {
		Map<String, Object> body = JsonMapper.shared()
			.readValue(ApiErrors.render(request.exchange(), ex.error()), MEMBERS);
		body.putAll(report.jsonToGoOn());
		return ServerResponse.status(ex.error().status())
			.contentType(MediaType.APPLICATION_JSON)
			.headers((headers) -> ApiErrors.retryAfter(headers, ex))
			.bodyValue(body);
	}

}
