package io.memoryrouter.sample.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.core.io.ClassPathResource;

/**
 * A line of the table of endpoints.
 *
 * @param takes what it takes: {@code memory} for a Memory Key, {@code open} for anything,
 * else the scope of an administrator
 * @param method the method
 * @param path the path, with variables that say what they identify
 * @param status the status of the answer to a good request
 * @param fields what a request may hold, the path's variables first
 */
record Endpoint(String takes, String method, String path, int status, List<Field> fields) {

	static final String MEMORY = "memory";

	static final String OPEN = "open";

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	/**
	 * The table.
	 * @return all endpoints, those that delete behind those that read
	 */
	static List<Endpoint> all() {
		try {
			return new ClassPathResource("isolation/endpoints.txt").getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map(Endpoint::parse)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Endpoint parse(String line) {
		String[] words = line.split(" +");
		List<Field> fields = new ArrayList<>();
		VARIABLE.matcher(words[2]).results().forEach((name) -> fields.add(Field.inPath(name.group(1))));
		for (int i = 4; i < words.length; i++) {
			fields.add(Field.parse(words[i]));
		}
		return new Endpoint(words[0], words[1], words[2], Integer.parseInt(words[3]), List.copyOf(fields));
	}

	/**
	 * Whether it is administration.
	 * @return whether
	 */
	boolean isAdministration() {
		return !this.takes.equals(MEMORY) && !this.takes.equals(OPEN);
	}

	/**
	 * How the application says that it has this endpoint.
	 * @return method and path, the names of variables left out
	 */
	String route() {
		return this.method + " " + withoutNames(this.path);
	}

	static String withoutNames(String path) {
		return VARIABLE.matcher(path).replaceAll("{}");
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
