package io.memoryrouter.sample.demo;

import io.memoryrouter.gateway.chat.error.ApiError;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request that a provider would refuse.
 */
final class EchoException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ApiError error;

	private EchoException(ApiError error) {
		super(error.message());
		this.error = error;
	}

	/**
	 * Says that a member of the body is missing or wrong.
	 * @param param the member
	 * @param message what it has to be
	 * @return the exception
	 */
	static EchoException invalid(@Nullable String param, String message) {
		return new EchoException(new ApiError(HttpStatus.BAD_REQUEST, "invalid_request", message, param));
	}

	/**
	 * Says that there is no such model.
	 * @param model the model
	 * @return the exception
	 */
	static EchoException unknownModel(String model) {
		return new EchoException(new ApiError(HttpStatus.NOT_FOUND, "model_not_found",
				"There is no model '" + model + "', only '" + EchoServer.MODEL + "'", "model"));
	}

	/**
	 * Says that there is no such endpoint.
	 * @return the exception
	 */
	static EchoException unknownEndpoint() {
		return new EchoException(
				new ApiError(HttpStatus.NOT_FOUND, "not_found", "demo/echo answers chats and lists its model", null));
	}

	/**
	 * The error.
	 * @return what a dialect writes
	 */
	ApiError error() {
		return this.error;
	}

}
