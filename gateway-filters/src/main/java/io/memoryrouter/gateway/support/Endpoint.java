package io.memoryrouter.gateway.support;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.gateway.chat.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

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

	private static final Pattern VERSION = Pattern.compile("/v1(?:beta)?(?=/)");

	/**
	 * The path from the version segment on.
	 * @return the path, as it came
	 */
	public String path() {
		return this.version + this.rest;
	}

	/**
	 * The model that the path names.
	 * @return the model, with its prefix, or {@code null} if none stands there
	 */
	public @Nullable String model() {
		return ApiFamily.modelIn(path());
	}

	/**
	 * The endpoint with another model, where the model stands in the path.
	 * @param model the model to name
	 * @return the endpoint
	 */
	public Endpoint withModel(String model) {
		String path = ApiFamily.withModel(path(), model);
		return new Endpoint(this.version, path.substring(this.version.length()), this.dialect);
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
