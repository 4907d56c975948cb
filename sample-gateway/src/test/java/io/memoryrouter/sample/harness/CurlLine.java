package io.memoryrouter.sample.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line of {@code curl}, as it is printed for people, made into a request. It
 * knows the options {@code -H}, {@code -d} or {@code --data-binary}, and {@code -X},
 * words, quoted words and continued lines.
 *
 * @param words the words of the command, without quotes
 */
public record CurlLine(List<String> words) {

	private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

	/**
	 * Finds the commands in a text: each begins with {@code curl} at the beginning of a
	 * line, after spaces or a prompt.
	 * @param text the text
	 * @return the commands
	 */
	public static List<CurlLine> in(String text) {
		String joined = text.replaceAll("\\\\\\n\\s*", " ");
		return joined.lines()
			.map((line) -> line.replaceFirst("^\\s*(?:\\$ )?", ""))
			.filter((line) -> line.startsWith("curl "))
			.map(CurlLine::parse)
			.toList();
	}

	private static CurlLine parse(String line) {
		List<String> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(line);
		while (matcher.find()) {
			words.add((matcher.group(1) != null) ? matcher.group(1)
					: (matcher.group(2) != null) ? matcher.group(2) : matcher.group(3));
		}
		return new CurlLine(words);
	}

	/**
	 * The request that the command sends.
	 * @return the request
	 */
	public HttpRequest request() {
		HttpRequest.Builder request = HttpRequest.newBuilder();
		String method = "GET";
		HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
		for (int i = 1; i < this.words.size(); i++) {
			switch (this.words.get(i)) {
				case "-H" -> {
					String[] header = this.words.get(++i).split(": *", 2);
					request.header(header[0], header[1]);
				}
				case "-d", "--data-binary" -> {
					method = "GET".equals(method) ? "POST" : method;
					body = HttpRequest.BodyPublishers.ofString(this.words.get(++i));
				}
				case "-X" -> method = this.words.get(++i);
				case "-s", "-N", "-sN", "-i" -> {
				}
				default -> request.uri(URI.create(this.words.get(i)));
			}
		}
		return request.method(method, body).build();
	}

}
