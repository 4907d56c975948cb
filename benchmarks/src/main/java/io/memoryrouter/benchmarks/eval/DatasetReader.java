package io.memoryrouter.benchmarks.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.memory.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a question set: a folder with {@code turns.jsonl.gz} ({@code conv}, {@code id},
 * {@code session}, {@code n}, {@code time}, {@code speaker}, {@code text},
 * {@code caption}?) and {@code queries.jsonl.gz} ({@code conv}, {@code qid},
 * {@code query}, {@code category}, {@code evidence}, {@code evidence_sessions},
 * {@code session}?, {@code history}?, {@code cutoff}?).
 * <p>
 * Speakers called "User" and "Assistant" are the two roles; all others are people with
 * names. Turns without text and questions without evidence are left out.
 */
final class DatasetReader {

	private static final String USER = "User";

	private static final String ASSISTANT = "Assistant";

	private static final Pattern HISTORY_SPEAKER = Pattern.compile("^(?:" + USER + "|" + ASSISTANT + "): ");

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Map<String, List<Turn>> turns = new LinkedHashMap<>();

	private final Map<String, List<Question>> questions = new LinkedHashMap<>();

	private DatasetReader() {
	}

	/**
	 * Reads a set.
	 * @param folder the folder
	 * @return its conversations, in the order of the file
	 * @throws IOException if a file is missing or cannot be read
	 */
	static List<Conversation> read(Path folder) throws IOException {
		DatasetReader reader = new DatasetReader();
		readLines(folder.resolve("turns.jsonl.gz"), reader::addTurn);
		readLines(folder.resolve("queries.jsonl.gz"), reader::addQuestion);
		return reader.turns.keySet().stream().map(reader::conversation).toList();
	}

	private static void readLines(Path file, Consumer<JsonNode> consumer) throws IOException {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			String line = lines.readLine();
			while (line != null) {
				consumer.accept(MAPPER.readTree(line));
				line = lines.readLine();
			}
		}
	}

	private Conversation conversation(String id) {
		List<Question> asked = this.questions.getOrDefault(id, List.of());
		return new Conversation(id, this.turns.getOrDefault(id, List.of()),
				asked.stream().sorted(Comparator.comparingInt(Question::cutoff)).toList());
	}

	private void addTurn(JsonNode line) {
		String text = line.path("text").asString("");
		String caption = optional(line, "caption");
		if (caption != null) {
			text = text + " [image: " + caption + "]";
		}
		if (text.isBlank()) {
			return;
		}
		String speaker = line.path("speaker").asString("");
		boolean named = !speaker.equals(USER) && !speaker.equals(ASSISTANT);
		Turn turn = new Turn(line.path("id").asString(), line.path("session").asString(), line.path("n").asInt(),
				DatasetTimes.parse(line.path("time").asString()),
				speaker.equals(ASSISTANT) ? Role.ASSISTANT : Role.USER, named ? speaker : null, text);
		this.turns.computeIfAbsent(line.path("conv").asString(), (key) -> new ArrayList<>()).add(turn);
	}

	private void addQuestion(JsonNode line) {
		Set<String> sessions = strings(line, "evidence_sessions");
		if (sessions.isEmpty()) {
			return;
		}
		List<String> history = line.path("history")
			.valueStream()
			.map((message) -> HISTORY_SPEAKER.matcher(message.asString()).replaceFirst(""))
			.filter((message) -> !message.isBlank())
			.toList();
		Question question = new Question(line.path("qid").asString(), line.path("query").asString(),
				line.path("category").asString(), strings(line, "evidence"), sessions,
				line.path("cutoff").asInt(Integer.MAX_VALUE), optional(line, "session"), history);
		this.questions.computeIfAbsent(line.path("conv").asString(), (key) -> new ArrayList<>()).add(question);
	}

	private static Set<String> strings(JsonNode line, String name) {
		return line.path(name).valueStream().map(JsonNode::asString).collect(Collectors.toUnmodifiableSet());
	}

	private static @Nullable String optional(JsonNode line, String name) {
		JsonNode value = line.path(name);
		return value.isString() ? value.asString() : null;
	}

}
