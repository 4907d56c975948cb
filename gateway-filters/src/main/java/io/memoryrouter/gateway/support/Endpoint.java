package io.memoryrouter.gateway.support;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.gateway.chat.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriUtils;

/**
 * Which of a provider's endpoints a request means: what of its path comes from the
 * version segment on. A gateway may have put a prefix before that.
 *
 * @param version {@code /v1}, {@code /v1beta}, or an empty string if the path has no
 * version segment
 * @param rest the path after the version segment, as it came: encoded, with the leading
 * slash
 * @param dialect the dialect, or {@code null} if the endpoint is not one that has memory
 */
public record Endpoint(String version, String rest, @Nullable Dialect dialect) {

	private static final String MODELS = "/models/";

	/** Dots between slashes, each as it is or encoded; some servers take a backslash. */
	private static final Pattern DOT_SEGMENT = Pattern
		.compile("(?i)(?:/|\\\\|%2f|%5c)(?:\\.|%2e){1,2}(?=/|\\\\|%2f|%5c|;|%3b|$)");

	private static final Pattern VERSION = Pattern.compile("/v1(?:beta)?(?=/)");

	/**
	 * The path from the version segment on.
	 * @return the path, as it came
	 */
	public String path() {
		return this.version + this.rest;
	}

	/**
	 * The model that the path names: that of a call of Gemini's, or the one that is to be
	 * looked up ({@code /v1/models/openai%2Fgpt-5.5}).
	 * @return the model, with its prefix, decoded, or {@code null} if none stands there
	 */
	public @Nullable String model() {
		String called = ApiFamily.modelIn(path());
		return (called != null || !namesModel()) ? called : decode(this.rest.substring(MODELS.length()));
	}

	private boolean namesModel() {
		return !this.version.isEmpty() && this.rest.startsWith(MODELS) && this.rest.length() > MODELS.length();
	}

	private static @Nullable String decode(String encoded) {
		try {
			return UriUtils.decode(encoded, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The endpoint with another model, where the model stands in the path.
	 * @param model the model to name
	 * @return the endpoint
	 */
	public Endpoint withModel(String model) {
		if (ApiFamily.modelIn(path()) == null && namesModel()) {
			String encoded = UriUtils.encodePath(model, StandardCharsets.UTF_8);
			return new Endpoint(this.version, MODELS + encoded, this.dialect);
		}
		String path = ApiFamily.withModel(path(), model);
		return new Endpoint(this.version, path.substring(this.version.length()), this.dialect);
	}

	/**
	 * Whether the path might lead out of the API that it begins with: a segment of it is
	 * {@code .} or {@code ..}, or would be once it is decoded.
	 * @return whether
	 */
	public boolean leadsElsewhere() {
		return DOT_SEGMENT.matcher(this.rest).find();
	}

	/**
	 * The endpoint of a request.
	 * @param request the request
	 * @return the endpoint
	 */
	public static Endpoint of(ServerHttpRequest request) {
		String path = request.getURI().getRawPath();
		Matcher version = VERSION.matcher(path);
		if (!version.find()) {
			return new Endpoint("", path, null);
		}
		Dialect dialect = Dialect.of(request.getMethod(), path.substring(version.start()));
		return new Endpoint(version.group(), path.substring(version.end()), dialect);
	}

}
