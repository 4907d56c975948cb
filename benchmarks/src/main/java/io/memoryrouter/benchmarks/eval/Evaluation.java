package io.memoryrouter.benchmarks.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.benchmarks.eval.RecallFunction.Answer;

/**
 * Replays conversations and asks their questions. A question is asked when the turns
 * before its cutoff, and no others, have been stored.
 */
final class Evaluation {

	/** How many turns are stored at once. */
	private static final int BATCH = 1_000;

	private final RecallFunction recall;

	private final EvalReport report = new EvalReport();

	private Evaluation(RecallFunction recall) {
		this.recall = recall;
	}

	/**
	 * Evaluates.
	 * @param conversations the conversations
	 * @param recall what stores and recalls
	 * @return the report
	 */
	static EvalReport run(List<Conversation> conversations, RecallFunction recall) {
		Evaluation evaluation = new Evaluation(recall);
		conversations.forEach(evaluation::evaluate);
		return evaluation.report;
	}

	private void evaluate(Conversation conversation) {
		Map<String, Turn> turns = conversation.turns()
			.stream()
			.collect(Collectors.toMap(Turn::id, Function.identity()));
		List<Turn> waiting = conversation.turns();
		for (Question question : conversation.questions()) {
			int said = countBefore(waiting, question.cutoff());
			remember(conversation, waiting.subList(0, said));
			waiting = waiting.subList(said, waiting.size());
			Answer answer = this.recall.recall(conversation, question);
			List<Turn> recalled = new ArrayList<>();
			answer.turns().forEach((id) -> recalled.add(Objects.requireNonNull(turns.get(id), "An unknown turn")));
			this.report.add(question, Score.of(question, recalled), answer);
		}
		this.report.addVault(conversation.turns().size() - waiting.size());
	}

	private void remember(Conversation conversation, List<Turn> turns) {
		for (int i = 0; i < turns.size(); i += BATCH) {
			this.recall.remember(conversation, turns.subList(i, Math.min(i + BATCH, turns.size())));
		}
	}

	private static int countBefore(List<Turn> turns, int cutoff) {
		int count = 0;
		while (count < turns.size() && turns.get(count).order() < cutoff) {
			count++;
		}
		return count;
	}

}
