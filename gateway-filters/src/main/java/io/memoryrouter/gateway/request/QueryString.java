package io.memoryrouter.gateway.request;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads and thins out the query of a URI. What stays keeps its encoding and its order.
 */
public final class QueryString {

	private QueryString() {
	}

	/**
	 * The values of a parameter.
	 * @param rawQuery the encoded query, or {@code null}
	 * @param name the parameter's name
	 * @return the decoded values, in order
	 */
	public static List<String> values(@Nullable String rawQuery, String name) {
		if (rawQuery == null || rawQuery.isEmpty()) {
			return List.of();
		}
		List<String> values = new ArrayList<>(1);
		for (String parameter : rawQuery.split("&")) {
			if (name(parameter).equals(name)) {
				values.add(value(parameter));
			}
		}
		return values;
	}

	/**
	 * Takes parameters out.
	 * @param uri the URI
	 * @param unwanted which names to take out
	 * @return the URI without them; the same if it has none
	 */
	public static URI without(URI uri, Predicate<String> unwanted) {
		return without(uri, (name, value) -> unwanted.test(name));
	}

	/**
	 * Takes parameters out.
	 * @param uri the URI
	 * @param unwanted which to take out, by decoded name and value; a parameter without a
	 * value has an empty one
	 * @return the URI without them; the same if it has none
	 */
	public static URI without(URI uri, BiPredicate<String, String> unwanted) {
		String rawQuery = uri.getRawQuery();
		if (rawQuery == null) {
			return uri;
		}
		List<String> kept = new ArrayList<>();
		String[] parameters = rawQuery.split("&");
		for (String parameter : parameters) {
			if (!unwanted.test(name(parameter), value(parameter))) {
				kept.add(parameter);
			}
		}
		return (kept.size() == parameters.length) ? uri : withQuery(uri, String.join("&", kept));
	}

	private static URI withQuery(URI uri, String rawQuery) {
		String whole = uri.toString();
		String before = whole.substring(0, whole.indexOf('?'));
		String fragment = (uri.getRawFragment() != null) ? "#" + uri.getRawFragment() : "";
		return URI.create(before + (rawQuery.isEmpty() ? "" : "?" + rawQuery) + fragment);
	}

	private static String name(String parameter) {
		int equals = parameter.indexOf('=');
		return decode((equals >= 0) ? parameter.substring(0, equals) : parameter);
	}

	private static String value(String parameter) {
		int equals = parameter.indexOf('=');
		return (equals >= 0) ? decode(parameter.substring(equals + 1)) : "";
	}

	/** A sequence that cannot be decoded stays as it is: it is no name of ours. */
	private static String decode(String encoded) {
		if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
			return encoded;
		}
		try {
			return StringUtils.uriDecode(encoded.replace('+', ' '), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return encoded;
		}
	}

}
