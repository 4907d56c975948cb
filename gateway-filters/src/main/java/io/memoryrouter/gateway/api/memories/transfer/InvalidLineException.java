package io.memoryrouter.gateway.api.memories.transfer;

/**
 * A line of an upload is not one that can be stored. The message is for the client and
 * holds nothing of the line.
 */
final class InvalidLineException extends RuntimeException {

	InvalidLineException(String message) {
		super(message, null, false, false);
	}

}
