package io.memoryrouter.gateway.support;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
	 * Reads a time with any offset.
	 * @param text the text, for instance {@code 2026-11-24T10:00:00Z}
	 * @return the time
	 * @throws java.time.format.DateTimeParseException if the text is no such time
	 */
	public static Instant parse(String text) {
		return OffsetDateTime.parse(text).toInstant();
	}

}
