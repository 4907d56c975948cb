package io.memoryrouter.gateway.chat.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * The path of a call to a model of Gemini's API:
 * {@code /v1beta/models/gemini-2.5-flash:generateContent}.
 *
 * @param start what comes before the model, from the version segment on, as it came:
 * {@code /v1beta/models/}
 * @param model the model, with its prefix, decoded
 * @param method what is asked of the model: what comes after the last colon
 */
public record GeminiPath(String start, String model, String method) {

	private static final Pattern PATTERN = Pattern.compile("(/v1(?:beta)?/models/)(.+)(?::|%3[Aa])([A-Za-z]+)");

	private static final String STREAM = "streamGenerateContent";

	private static final Set<String> GENERATION = Set.of("generateContent", STREAM);

	/**
	 * Other families have models with colons in their names, under {@code /v1/models/}
	 * too, so that a method has to be a known one.
	 */
	private static final Set<String> OTHERS = Set.of("countTokens", "embedContent", "batchEmbedContents",
			"asyncBatchEmbedContent", "batchGenerateContent", "generateAnswer", "predict", "predictLongRunning");

	/**
	 * Reads a path.
	 * @param path the path from the version segment on, encoded
	 * @return what it says, or {@code null} if it is no call to a model
	 */
	public static @Nullable GeminiPath parse(String path) {
		Matcher matcher = PATTERN.matcher(path);
		if (!matcher.matches()) {
			return null;
		}
		String method = matcher.group(3);
		if (!GENERATION.contains(method) && !OTHERS.contains(method)) {
			return null;
		}
		String model = decode(matcher.group(2));
		return (model != null) ? new GeminiPath(matcher.group(1), model, method) : null;
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
	 * Whether the model is asked to say something, which is what memory is for.
	 * @return whether
	 */
	public boolean generates() {
		return GENERATION.contains(this.method);
	}

	/**
	 * Whether the tokens of what the model would be asked are to be counted.
	 * @return whether
	 */
	public boolean countsTokens() {
		return "countTokens".equals(this.method);
	}

	/**
	 * Whether the answer is to be a stream.
	 * @return whether
	 */
	public boolean streams() {
		return STREAM.equals(this.method);
	}

	/**
	 * Whether each segment of the model is a name: one that is empty, {@code .} or
	 * {@code ..} would lead to another place.
	 * @return whether
	 */
	public boolean hasPlainModel() {
		return Arrays.stream(this.model.split("/", -1))
			.noneMatch((segment) -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
	}

	/**
	 * The path with another model.
	 * @param model the model, decoded
	 * @return the path, encoded
	 */
	public String withModel(String model) {
		return this.start + UriUtils.encodePath(model, StandardCharsets.UTF_8) + ":" + this.method;
	}

}
