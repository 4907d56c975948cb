package io.memoryrouter.gateway.conformance;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.memoryrouter.gateway.chat.body.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A request, with marks at all places where what goes to the provider differs from what
 * the client sends:
 *
 * <pre>
 * &lt;&lt;-text-&gt;&gt;             the client sends it, the provider does not get it
 * &lt;&lt;+text+&gt;&gt;             the client does not send it, the provider gets it
 * &lt;&lt;USER_SUFFIX text&gt;&gt;   the provider gets it with this placement, if memories are put in;
 *                        # is the block, as the inside of a string literal
 * </pre>
 *
 * Everything else has to be the same on both sides.
 *
 * @param dialect whose request it is
 * @param name its name
 * @param text the request with its marks, a character for each byte
 */
record RequestTemplate(ConformanceDialect dialect, String name, String text) {

	private static final Pattern MARK = Pattern.compile("<<-(.*?)->>|<<\\+(.*?)\\+>>|<<([A-Z]+_[A-Z]+) (.*?)>>",
			Pattern.DOTALL);

	/**
	 * A variation of this request.
	 * @param variation the variation's name
	 * @param change makes its text
	 * @return the request
	 */
	RequestTemplate with(String variation, UnaryOperator<String> change) {
		return new RequestTemplate(this.dialect, this.name + "+" + variation, change.apply(this.text));
	}

	/**
	 * What the client sends.
	 * @return the body
	 */
	byte[] sent() {
		return bytes((mark) -> orEmpty(mark.group(1)));
	}

	/**
	 * What the provider has to get, if no memories are put in.
	 * @return the body
	 */
	byte[] forwarded() {
		return bytes((mark) -> orEmpty(mark.group(2)));
	}

	/**
	 * What the provider has to get with memories.
	 * @param placement where they are put
	 * @param block the block, as the inside of a string literal
	 * @return the body
	 */
	byte[] forwarded(Placement placement, byte[] block) {
		String literal = new String(block, StandardCharsets.ISO_8859_1);
		return bytes((mark) -> placement.name().equals(mark.group(3)) ? mark.group(4).replace("#", literal)
				: orEmpty(mark.group(2)));
	}

	private byte[] bytes(java.util.function.Function<MatchResult, String> replacement) {
		return MARK.matcher(this.text)
			.replaceAll((mark) -> Matcher.quoteReplacement(replacement.apply(mark)))
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String orEmpty(@Nullable String group) {
		return (group != null) ? group : "";
	}

	@Override
	public String toString() {
		return this.dialect + "/" + this.name;
	}

}
