package io.memoryrouter.gateway.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.support.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a body that only these endpoints have. One that is {@code null} is
 * as good as absent.
 */
final class RequestFields {

	/** How far a client's clock may be ahead. */
	private static final Duration AHEAD = Duration.ofDays(1);

	private static final Pattern MILLIS = Pattern.compile("-?\\d{1,18}");

	private RequestFields() {
	}

	/**
	 * Reads a number.
	 * @param call the request
	 * @param field the field's name
	 * @param max the greatest value; the smallest is 1
	 * @return the number, or {@code null} if the field is absent
	 * @throws ApiException if it is no such number
	 */
	static @Nullable Integer count(ChatCall call, String field, int max) {
		String value = value(call, field);
		if (value == null) {
			return null;
		}
		try {
			int count = Integer.parseInt(value);
			if (count >= 1 && count <= max) {
				return count;
			}
		}
		catch (NumberFormatException ex) {
			// Said below, as for a number that is out of range.
		}
		throw invalid(field, "has to be a number from 1 to " + max);
	}

	/**
	 * Reads a time, from 1970 on and at most a day ahead.
	 * @param call the request
	 * @param field the field's name
	 * @return the time, or {@code null} if the field is absent
	 * @throws ApiException if it is no such time
	 */
	static @Nullable Instant time(ChatCall call, String field) {
		String value = value(call, field);
		if (value == null) {
			return null;
		}
		Instant time = parse(value);
		if (time == null) {
			throw invalid(field, "has to be a time of RFC 3339, for instance '2026-01-31T08:00:00Z', "
					+ "or milliseconds since 1970");
		}
		if (time.isBefore(Instant.EPOCH) || time.isAfter(call.receivedAt().plus(AHEAD))) {
			throw invalid(field, "has to be a time from 1970 to now");
		}
		return time;
	}

	private static @Nullable Instant parse(String value) {
		if (MILLIS.matcher(value).matches()) {
			return Instant.ofEpochMilli(Long.parseLong(value));
		}
		try {
			return OffsetDateTime.parse(value).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable String value(ChatCall call, String field) {
		String value = call.request().controls().get(field);
		return "null".equals(value) ? null : value;
	}

	private static ApiException invalid(String field, String expected) {
		return ApiException.badRequest("invalid_request_body", "'" + field + "' " + expected, field);
	}

}
