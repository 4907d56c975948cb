package io.memoryrouter.gateway.support;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Times as this product's own endpoints write them: RFC 3339, in UTC, with milliseconds.
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

}
