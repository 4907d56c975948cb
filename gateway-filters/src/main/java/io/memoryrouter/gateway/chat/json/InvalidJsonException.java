package io.memoryrouter.gateway.chat.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * A document that is no JSON, or that is nested too deeply. The message says where,
 * quotes nothing of the document and is fit for the eyes of whoever sent it.
 */
public final class InvalidJsonException extends RuntimeException {

	InvalidJsonException(String message) {
		super(message);
	}

	static InvalidJsonException from(JacksonException ex) {
		if (ex instanceof StreamConstraintsException) {
			return new InvalidJsonException("The body is nested more than " + JsonParsers.MAX_DEPTH + " levels deep");
		}
		TokenStreamLocation location = ex.getLocation();
		if (location == null) {
			return new InvalidJsonException("The body is not valid JSON in UTF-8");
		}
		return new InvalidJsonException("The body is not valid JSON (line " + location.getLineNr() + ", column "
				+ location.getColumnNr() + ")");
	}

}
