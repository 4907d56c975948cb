package io.memoryrouter.sample.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chats to upload, and questions about them.
 *
 * @param lines the lines of an upload
 * @param questions questions, each with the text of one of the lines that answer it
 */
record ChatSet(List<String> lines, Map<String, String> questions) {

	/**
	 * Names the folder of a real set: {@code …/turns.jsonl.gz} with the members
	 * {@code conv}, {@code id}, {@code session}, {@code speaker} and {@code text}, and
	 * {@code …/queries.jsonl.gz} with {@code conv}, {@code query} and {@code evidence},
	 * which are ids of turns.
	 */
	static final String FOLDER = "memoryrouter.test.data";

	private static final Instant BEGINNING = Instant.parse("2025-01-01T00:00:00Z");

	private static final List<String> THINGS = List.of("bicycle", "parrot", "sourdough", "telescope", "violin",
			"orchid", "kayak", "typewriter", "greenhouse", "motorbike");

	/**
	 * A real set if {@value #FOLDER} names one, else one of the same form.
	 * @param lines how many lines it is to have; a real set begins again if it has fewer
	 * @param questions how many questions at most
	 * @return the set
	 */
	static ChatSet of(int lines, int questions) {
		String folder = System.getProperty(FOLDER);
		return (folder != null) ? real(Path.of(folder), lines, questions) : made(lines, questions);
	}

	private static ChatSet real(Path folder, int size, int questions) {
		List<JsonNode> turns = read(folder.resolve("turns.jsonl.gz")).stream()
			.filter((turn) -> !turn.path("text").asString().isBlank())
			.toList();
		List<String> lines = new ArrayList<>();
		Map<String, String> texts = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			JsonNode turn = turns.get(i % turns.size());
			String role = turn.path("speaker").asString().equalsIgnoreCase("assistant") ? "assistant" : "user";
			String session = turn.path("conv").asString() + "/" + turn.path("session").asString();
			lines.add(line(i, role, session, turn.path("speaker").asString(), turn.path("text").asString()));
			texts.put(turn.path("conv").asString() + turn.path("id").asString(), turn.path("text").asString());
		}
		Map<String, String> asked = new LinkedHashMap<>();
		for (JsonNode query : read(folder.resolve("queries.jsonl.gz"))) {
			String answer = texts.get(query.path("conv").asString() + query.at("/evidence/0").asString(""));
			if (query.path("evidence").size() == 1 && answer != null && asked.size() < questions) {
				asked.put(query.path("query").asString(), answer);
			}
		}
		return new ChatSet(lines, asked);
	}

	private static List<JsonNode> read(Path file) {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			return reader.lines().map(JsonMapper.shared()::readTree).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Two people talk of many things; what is asked for was said once. */
	private static ChatSet made(int size, int questions) {
		List<String> lines = new ArrayList<>();
		Map<String, String> asked = new LinkedHashMap<>();
		int step = size / questions;
		for (int i = 0; i < size; i++) {
			String thing = THINGS.get(i % THINGS.size());
			String text = "By the way, I thought about the " + thing + " again on day " + i + ", and how we laughed.";
			if (i % step == step / 2) {
				String owner = "Owner" + Integer.toString(i, 36);
				text = owner + " keeps the " + thing + " in shed number " + (i + 17) + ".";
				asked.put("In which shed does " + owner + " keep the " + thing + "?", text);
			}
			lines.add(line(i, (i % 2 == 0) ? "user" : "assistant", "chat/" + i / 40, null, text));
		}
		return new ChatSet(lines, asked);
	}

	/** Every line has a time of its own: what was said twice are two memories. */
	private static String line(int number, String role, String session, @Nullable String speaker, String text) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("content", text);
		members.put("role", role);
		members.put("timestamp", BEGINNING.plusSeconds(60L * number).toEpochMilli());
		members.put("session_id", session);
		if (speaker != null) {
			members.put("speaker", speaker);
		}
		return JsonMapper.shared().writeValueAsString(members);
	}

}
