package io.memoryrouter.benchmarks.eval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * Reads the times of question sets: "1:56 pm on 8 May, 2023", or "2025-12-15 (Monday)"
 * where only the day is known. Both are taken as UTC.
 */
final class DatasetTimes {

	private static final int ISO_DATE_LENGTH = "2025-12-15".length();

	private static final DateTimeFormatter SPOKEN = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.appendPattern("h:mm a 'on' d MMMM, yyyy")
		.toFormatter(Locale.ENGLISH);

	private DatasetTimes() {
	}

	/**
	 * Reads a time.
	 * @param time the time, in one of the two forms
	 * @return the moment
	 * @throws java.time.format.DateTimeParseException if it has neither form
	 */
	static Instant parse(String time) {
		if (time.length() >= ISO_DATE_LENGTH && time.charAt(4) == '-') {
			return LocalDate.parse(time.substring(0, ISO_DATE_LENGTH)).atStartOfDay().toInstant(ZoneOffset.UTC);
		}
		return LocalDateTime.parse(time, SPOKEN).toInstant(ZoneOffset.UTC);
	}

}
