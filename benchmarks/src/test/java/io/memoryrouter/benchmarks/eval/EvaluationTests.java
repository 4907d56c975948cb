package io.memoryrouter.benchmarks.eval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.memory.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluationTests {

	@Test
	void runWhenQuestionsHaveCutoffsThenAsksWithTheTurnsBefore() {
		Conversation conversation = new Conversation("c",
				IntStream.range(0, 4).mapToObj(EvaluationTests::turn).toList(),
				List.of(question("q1", "4-a", 1), question("q2", "5-b", 3)));
		Recorder recorder = new Recorder();
		EvalReport report = Evaluation.run(List.of(conversation), recorder);
		assertThat(recorder.events).containsExactly("t0", "q1", "t1", "t2", "q2");
		assertThat(report.rows()).extracting(EvalReport.Row::category).containsExactly("4-a", "5-b", "1-4 together");
		assertThat(report.rows()).extracting(EvalReport.Row::at5).containsExactly(100.0, 0.0, 100.0);
		assertThat(report.toText()).contains("1 vaults, 3 memories; nothing recalled for 1 questions");
	}

	@Test
	void percentileWhenAskedThenIsByNearestRank() {
		List<Duration> durations = IntStream.rangeClosed(1, 20).mapToObj(Duration::ofMillis).toList();
		assertThat(EvalReport.percentile(durations, 50)).isEqualTo(10);
		assertThat(EvalReport.percentile(durations, 95)).isEqualTo(19);
		assertThat(EvalReport.percentile(List.of(), 95)).isZero();
	}

	private static Turn turn(int number) {
		return new Turn("t" + number, "s", number, Instant.EPOCH, Role.USER, null, "text");
	}

	private static Question question(String id, String category, int cutoff) {
		return new Question(id, "?", category, Set.of("t0"), Set.of("s"), cutoff, null, List.of());
	}

	/** Finds the evidence for the first question and nothing for the second. */
	private static final class Recorder implements RecallFunction {

		private final List<String> events = new ArrayList<>();

		@Override
		public void remember(Conversation conversation, List<Turn> turns) {
			turns.forEach((turn) -> this.events.add(turn.id()));
		}

		@Override
		public Answer recall(Conversation conversation, Question question) {
			this.events.add(question.id());
			return new Answer(question.id().equals("q1") ? List.of("t0") : List.of(), Duration.ZERO, Duration.ZERO);
		}

	}

}
