package io.memoryrouter.gateway.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The files of the corpus, and the variations that are made of them.
 */
final class Corpus {

	private Corpus() {
	}

	/**
	 * The requests of all dialects.
	 * @return the requests
	 */
	static Stream<RequestTemplate> requests() {
		return Arrays.stream(ConformanceDialect.values()).flatMap(Corpus::requests);
	}

	private static Stream<RequestTemplate> requests(ConformanceDialect dialect) {
		Stream<RequestTemplate> files = files(dialect, "requests")
			.map((file) -> new RequestTemplate(dialect, file.getFileName().toString(), latin1(read(file))));
		return Stream.concat(files, AwkwardRequests.of(plainRequest(dialect)));
	}

	/**
	 * A request that every dialect has: a question, and nothing to take out of it but the
	 * model's prefix.
	 * @param dialect the dialect
	 * @return the request
	 */
	static RequestTemplate plainRequest(ConformanceDialect dialect) {
		return request(dialect, "plain.json");
	}

	/**
	 * A request of a dialect.
	 * @param dialect the dialect
	 * @param name the name of its file
	 * @return the request
	 */
	static RequestTemplate request(ConformanceDialect dialect, String name) {
		return new RequestTemplate(dialect, name, latin1(read(folder(dialect, "requests").resolve(name))));
	}

	/**
	 * The answers of all dialects.
	 * @return the answers
	 */
	static Stream<AnswerCase> answers() {
		return Arrays.stream(ConformanceDialect.values()).flatMap(Corpus::answers);
	}

	private static Stream<AnswerCase> answers(ConformanceDialect dialect) {
		List<AnswerCase> files = files(dialect, "answers").filter((file) -> !isText(file))
			.map((file) -> answer(dialect, file))
			.toList();
		return Stream.concat(files.stream(), files.stream().filter(AnswerCase::isPlain).flatMap(AwkwardAnswers::of));
	}

	private static AnswerCase answer(ConformanceDialect dialect, Path file) {
		String name = file.getFileName().toString();
		String base = name.substring(0, name.lastIndexOf('.'));
		String said = new String(read(file.resolveSibling(base + ".txt")), StandardCharsets.UTF_8);
		return new AnswerCase(dialect, name, read(file),
				said.endsWith("\n") ? said.substring(0, said.length() - 1) : said, false);
	}

	private static boolean isText(Path file) {
		return file.getFileName().toString().endsWith(".txt");
	}

	private static Stream<Path> files(ConformanceDialect dialect, String kind) {
		try (Stream<Path> files = Files.list(folder(dialect, kind))) {
			return files.sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path folder(ConformanceDialect dialect, String kind) {
		String name = "/conformance/" + dialect.folder() + "/" + kind;
		@Nullable URL folder = Corpus.class.getResource(name);
		if (folder == null) {
			throw new IllegalStateException("There is no " + name);
		}
		try {
			return Path.of(folder.toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String latin1(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
