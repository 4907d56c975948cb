package io.memoryrouter.benchmarks.eval;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.memory.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DatasetReaderTests {

	@TempDir
	private Path folder;

	@Test
	void readWhenPeopleTalkThenTurnsHaveSpeakersAndCaptions() throws IOException {
		write("turns",
				"""
						{"conv":"c1","id":"t1","session":"s1","n":0,"time":"1:56 pm on 8 May, 2023","speaker":"Ida",\
						"text":"Look!","caption":"a red boat"}
						{"conv":"c2","id":"t1","session":"s1","n":0,"time":"11:05 AM on 18 June, 2023","speaker":"Jo","text":"Hi"}
						""");
		write("queries", """
				{"conv":"c1","qid":"q1","query":"What did Ida see?","category":"4-single_hop","evidence":["t1"],\
				"evidence_sessions":["s1"]}
				{"conv":"c1","qid":"q2","query":"No evidence?","category":"3","evidence":[],"evidence_sessions":[]}
				""");
		List<Conversation> conversations = DatasetReader.read(this.folder);
		assertThat(conversations).extracting(Conversation::id).containsExactly("c1", "c2");
		assertThat(conversations.get(0).turns()).containsExactly(new Turn("t1", "s1", 0,
				Instant.parse("2023-05-08T13:56:00Z"), Role.USER, "Ida", "Look! [image: a red boat]"));
		assertThat(conversations.get(1).turns().get(0).at()).isEqualTo("2023-06-18T11:05:00Z");
		assertThat(conversations.get(0).questions()).extracting(Question::id).containsExactly("q1");
	}

	@Test
	void readWhenAssistantTalksThenRolesAreToldAndQuestionsComeByCutoff() throws IOException {
		write("turns",
				"""
						{"conv":"c","id":"t1","session":"s1","n":0,"time":"2025-12-15 (Monday)","speaker":"User","text":"Hello"}
						{"conv":"c","id":"t2","session":"s1","n":1,"time":"2025-12-15 (Monday)","speaker":"Assistant","text":"Hi"}
						{"conv":"c","id":"t3","session":"s1","n":2,"time":"2025-12-15 (Monday)","speaker":"User","text":" "}
						""");
		write("queries", """
				{"conv":"c","qid":"q2","query":"Later?","category":"x","evidence":[],"evidence_sessions":["s1"],\
				"cutoff":2,"session":"s3","history":["User: First","Assistant: Then"]}
				{"conv":"c","qid":"q1","query":"Sooner?","category":"x","evidence":[],"evidence_sessions":["s1"],\
				"cutoff":1,"session":"s2","history":[]}
				""");
		Conversation conversation = DatasetReader.read(this.folder).get(0);
		assertThat(conversation.turns()).extracting(Turn::role).containsExactly(Role.USER, Role.ASSISTANT);
		assertThat(conversation.turns()).extracting(Turn::speaker).containsOnlyNulls();
		assertThat(conversation.questions()).extracting(Question::id).containsExactly("q1", "q2");
		assertThat(conversation.questions().get(1).history()).containsExactly("First", "Then");
		assertThat(conversation.questions().get(1).session()).isEqualTo("s3");
	}

	@Test
	void readWhenFileIsMissingThenSaysWhich() {
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> DatasetReader.read(this.folder))
			.withMessageContaining("turns.jsonl.gz");
	}

	private void write(String name, String lines) throws IOException {
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(this.folder.resolve(name + ".jsonl.gz")))) {
			out.write(lines.getBytes(StandardCharsets.UTF_8));
		}
	}

}
