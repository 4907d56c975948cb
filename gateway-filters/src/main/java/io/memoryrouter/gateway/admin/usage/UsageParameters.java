package io.memoryrouter.gateway.admin.usage;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageQuery.Grouping;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads what usage a request asks for.
 * <ul>
 * <li>{@code from} and {@code to}: dates of RFC 3339, both included, or times, of which
 * the day in UTC counts. By default the last {@value #DEFAULT_DAYS} days, today
 * included.</li>
 * <li>{@code group_by}: {@code key}, {@code provider}, {@code model} or {@code day}, the
 * default.</li>
 * </ul>
 */
final class UsageParameters {

	static final int MAX_DAYS = 366;

	private static final int DEFAULT_DAYS = 30;

	/** Four digits for the year: what SQL and JavaScript read, too. */
	private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private UsageParameters() {
	}

	/**
	 * Reads a request.
	 * @param request the request
	 * @param account whose usage it may see
	 * @param limit the greatest number of sums
	 * @param clock tells the day
	 * @return what it asks for
	 * @throws ApiException if a parameter cannot be read, naming it
	 */
	static UsageQuery read(ServerRequest request, String account, int limit, Clock clock) {
		Optional<LocalDate> named = date(request, "from");
		LocalDate to = date(request, "to").orElseGet(() -> today(named, clock));
		LocalDate from = named.orElseGet(() -> to.minusDays(DEFAULT_DAYS - 1));
		if (from.isAfter(to)) {
			throw invalid("from", "'from' is after 'to'");
		}
		if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
			throw invalid("from", "'from' and 'to' span more than " + MAX_DAYS + " days");
		}
		return new UsageQuery(account, from, to, grouping(request), limit);
	}

	/** Who asks for a day that has not begun here yet gets that day. */
	private static LocalDate today(Optional<LocalDate> from, Clock clock) {
		LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
		return from.filter(today::isBefore).orElse(today);
	}

	private static Optional<LocalDate> date(ServerRequest request, String name) {
		return request.queryParam(name).map((value) -> date(name, value));
	}

	private static LocalDate date(String name, String value) {
		try {
			return DATE.matcher(value).matches() ? LocalDate.parse(value)
					: LocalDate.ofInstant(Rfc3339.parse(value), ZoneOffset.UTC);
		}
		catch (DateTimeParseException ex) {
			throw invalid(name, "'" + name + "' has to be a date of RFC 3339, for instance '2026-11-24'");
		}
	}

	private static Grouping grouping(ServerRequest request) {
		return switch (request.queryParam("group_by").orElse("day")) {
			case "key" -> Grouping.KEY;
			case "provider" -> Grouping.PROVIDER;
			case "model" -> Grouping.MODEL;
			case "day" -> Grouping.DAY;
			default -> throw invalid("group_by", "'group_by' has to be 'key', 'provider', 'model' or 'day'");
		};
	}

	private static ApiException invalid(String name, String message) {
		return ApiException.badRequest("invalid_parameter", message, name);
	}

}
