package io.memoryrouter.benchmarks.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.memory.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ScoreTests {

	@Test
	void ofWhenEvidenceIsTurnsThenCountsTurns() {
		List<Turn> answer = new ArrayList<>();
		for (int i = 1; i <= 25; i++) {
			answer.add(turn("t" + i, "s1", 1));
		}
		Score score = Score.of(question(Set.of("t1", "t6", "t20", "t21"), Set.of("s1")), answer);
		assertThat(score.at5()).isEqualTo(0.25);
		assertThat(score.at10()).isEqualTo(0.5);
		assertThat(score.at20()).isEqualTo(0.75);
		assertThat(score.withinWords()).isEqualTo(1);
	}

	@Test
	void ofWhenEvidenceIsSessionsThenTurnsOfOneSessionCountAsOne() {
		List<Turn> answer = new ArrayList<>();
		for (int session = 1; session <= 6; session++) {
			answer.add(turn("a" + session, "s" + session, 1));
			answer.add(turn("b" + session, "s" + session, 1));
		}
		Score score = Score.of(question(Set.of(), Set.of("s5", "s6")), answer);
		assertThat(score.at5()).isEqualTo(0.5);
		assertThat(score.at10()).isEqualTo(1);
	}

	@Test
	void ofWhenEvidenceIsLateThenGainIsDiscounted() {
		List<Turn> answer = List.of(turn("t1", "s1", 1), turn("t2", "s1", 1), turn("t3", "s1", 1));
		assertThat(Score.of(question(Set.of("t1"), Set.of("s1")), answer).ndcg()).isEqualTo(1);
		assertThat(Score.of(question(Set.of("t3"), Set.of("s1")), answer).ndcg()).isCloseTo(0.5, within(1e-9));
		assertThat(Score.of(question(Set.of("t1", "t3"), Set.of("s1")), answer).ndcg())
			.isCloseTo(1.5 / (1 + 1 / 1.5849625), within(1e-6));
	}

	@Test
	void ofWhenWordsAreUsedUpThenTheRestIsNotCounted() {
		List<Turn> answer = List.of(turn("t1", "s1", 600), turn("t2", "s1", 400), turn("t3", "s1", 1));
		Score score = Score.of(question(Set.of("t2", "t3"), Set.of("s1")), answer);
		assertThat(score.withinWords()).isEqualTo(0.5);
	}

	@Test
	void ofWhenNothingIsRecalledThenIsZero() {
		assertThat(Score.of(question(Set.of("t1"), Set.of("s1")), List.of())).isEqualTo(new Score(0, 0, 0, 0, 0));
	}

	private static Question question(Set<String> evidence, Set<String> sessions) {
		return new Question("q", "Why?", "c", evidence, sessions, Integer.MAX_VALUE, null, List.of());
	}

	private static Turn turn(String id, String session, int words) {
		return new Turn(id, session, 0, Instant.EPOCH, Role.USER, null, "word ".repeat(words));
	}

}
