package io.memoryrouter.gateway.request;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.memoryrouter.gateway.support.ApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Where the controls of one request stand. The body wins over the query, the query over
 * the headers; but what stands in any of them has to be readable.
 *
 * @param headers the request's headers
 * @param rawQuery the request's query, or {@code null} if it has none that counts
 * @param body the control fields of the body
 */
record ControlSources(HttpHeaders headers, @Nullable String rawQuery, Map<String, String> body) {

	/**
	 * Reads a control.
	 * @param control the control
	 * @param reader reads a value; answers {@code null}, or throws an
	 * {@link IllegalArgumentException}, if it cannot
	 * @param expected what a value looks like, for the error's message
	 * @return the value that counts, or {@code null} if the control is absent
	 * @throws ApiException if a value cannot be read
	 */
	<T> @Nullable T read(Control control, Function<String, @Nullable T> reader, String expected) {
		T header = read(control.header(), header(control), reader, expected);
		T parameter = read(control.parameter(), parameter(control), reader, expected);
		T field = read(control.field(), field(control), reader, expected);
		if (field != null) {
			return field;
		}
		return (parameter != null) ? parameter : header;
	}

	private static <T> @Nullable T read(@Nullable String name, @Nullable String value,
			Function<String, @Nullable T> reader, String expected) {
		if (name == null || value == null) {
			return null;
		}
		T result = readLeniently(value, reader);
		if (result == null) {
			throw ApiException.badRequest("invalid_memory_control", "'" + name + "' has to be " + expected, name);
		}
		return result;
	}

	private static <T> @Nullable T readLeniently(String value, Function<String, @Nullable T> reader) {
		try {
			return reader.apply(value);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private @Nullable String header(Control control) {
		return (control.header() != null) ? only(control.header(), this.headers.getOrEmpty(control.header())) : null;
	}

	private @Nullable String parameter(Control control) {
		return (control.parameter() != null)
				? only(control.parameter(), QueryString.values(this.rawQuery, control.parameter())) : null;
	}

	/** A field that is {@code null} is as good as absent. */
	private @Nullable String field(Control control) {
		String value = (control.field() != null) ? this.body.get(control.field()) : null;
		return "null".equals(value) ? null : value;
	}

	private static @Nullable String only(String name, List<String> values) {
		if (values.isEmpty()) {
			return null;
		}
		if (values.stream().distinct().count() > 1) {
			throw ApiException.badRequest("invalid_memory_control", "'" + name + "' is given more than once", name);
		}
		return values.get(0);
	}

}
