package io.memoryrouter.gateway.support;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Times as this product's own endpoints have them: RFC 3339; written in UTC, with
 * milliseconds.
 */
public final class Rfc3339 {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter
		.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999Z");

	private Rfc3339() {
	}

	/**
	 * Writes a time.
	 * @param instant the time, or {@code null}
	 * @return the text, or {@code null} if there is no time
	 */
	public static @Nullable String format(@Nullable Instant instant) {
		return (instant != null) ? FORMAT.format(instant) : null;
	}

	/**
	 * Reads a time with any offset, of a year of four digits.
	 * @param text the text, for instance {@code 2026-11-24T10:00:00Z}
	 * @return the time
	 * @throws DateTimeParseException if the text is no such time
	 */
	public static Instant parse(String text) {
		Instant time = OffsetDateTime.parse(text).toInstant();
		if (time.isBefore(MIN) || time.isAfter(MAX)) {
			throw new DateTimeParseException("The year has more than four digits", text, 0);
		}
		return time;
	}

}
