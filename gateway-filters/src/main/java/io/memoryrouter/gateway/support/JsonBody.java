package io.memoryrouter.gateway.support;

import java.util.Map;

import io.memoryrouter.gateway.chat.error.ApiError;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Reads the small JSON bodies of this product's own endpoints. What is no such body is an
 * {@link ApiException}: 415 for another content type (no content type counts as JSON),
 * 413 for what is larger than the codecs take, 400 for what is no JSON object.
 */
public final class JsonBody {

	private static final ParameterizedTypeReference<Map<String, Object>> MEMBERS = new ParameterizedTypeReference<>() {
	};

	private JsonBody() {
	}

	/**
	 * Reads an object.
	 * @param request the request
	 * @param example what a body may look like, for the message of the error
	 * @return the object's members, at least one element; or an {@link ApiException}
	 * error
	 */
	public static Mono<Map<String, Object>> object(ServerRequest request, String example) {
		return Mono.defer(() -> members(request))
			.switchIfEmpty(Mono.error(() -> unreadable(example)))
			.onErrorMap((ex) -> translate(ex, example));
	}

	/**
	 * Reads an object that may be left out.
	 * @param request the request
	 * @param example what a body may look like, for the message of the error
	 * @return the object's members, none if there is no body; or an {@link ApiException}
	 * error
	 */
	public static Mono<Map<String, Object>> objectOrNone(ServerRequest request, String example) {
		return Mono.defer(() -> members(request)).defaultIfEmpty(Map.of()).onErrorMap((ex) -> translate(ex, example));
	}

	/** Without a content type the codecs would take the body for octets. */
	private static Mono<Map<String, Object>> members(ServerRequest request) {
		MediaType type = request.headers().contentType().orElse(null);
		if (type == null) {
			return ServerRequest.from(request)
				.headers((headers) -> headers.setContentType(MediaType.APPLICATION_JSON))
				.body(request.body(BodyExtractors.toDataBuffers()))
				.build()
				.bodyToMono(MEMBERS);
		}
		return type.isCompatibleWith(MediaType.APPLICATION_JSON) ? request.bodyToMono(MEMBERS)
				: Mono.error(unsupported());
	}

	private static Throwable translate(Throwable ex, String example) {
		if (isTooLarge(ex)) {
			return new ApiException(new ApiError(HttpStatus.CONTENT_TOO_LARGE, "request_too_large",
					"The body is larger than such a request can be", null));
		}
		if (ex instanceof UnsupportedMediaTypeStatusException) {
			return unsupported();
		}
		return (ex instanceof ServerWebInputException) ? unreadable(example) : ex;
	}

	private static boolean isTooLarge(Throwable ex) {
		return ex instanceof DataBufferLimitException || ex.getCause() instanceof DataBufferLimitException
				|| (ex instanceof ResponseStatusException status
						&& status.getStatusCode().isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE));
	}

	private static ApiException unsupported() {
		return new ApiException(new ApiError(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type",
				"The body has to be JSON: send 'Content-Type: application/json'", HttpHeaders.CONTENT_TYPE));
	}

	private static ApiException unreadable(String example) {
		return ApiException.badRequest("invalid_request_body",
				"The body has to be a JSON object, for instance " + example, null);
	}

}
