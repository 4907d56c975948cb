package io.memoryrouter.benchmarks.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;

/**
 * How good one answer is: each value from 0 to 1.
 * <p>
 * Recall at k is the share of the evidence that is among the first k. Where the set knows
 * turns, the evidence and the k are turns. Where it knows only sessions, the evidence and
 * the k are sessions, in the order of their first turns in the answer: k turns of one
 * session count as one. nDCG has gains of 1 and the discount {@code 1 / log2(rank + 1)}.
 * The recall within words takes turns in order as long as all of them together have no
 * more than {@value #WORDS} words, which is about what goes into a prompt.
 *
 * @param at5 recall at 5
 * @param at10 recall at 10
 * @param at20 recall at 20
 * @param ndcg nDCG at 10
 * @param withinWords recall within {@value #WORDS} words
 */
record Score(double at5, double at10, double at20, double ndcg, double withinWords) {

	static final int WORDS = 1_000;

	private static final int NDCG_DEPTH = 10;

	/**
	 * Scores an answer.
	 * @param question the question
	 * @param answer the recalled turns, best first
	 * @return the score
	 */
	static Score of(Question question, List<Turn> answer) {
		boolean bySession = question.evidence().isEmpty();
		Set<String> evidence = bySession ? question.evidenceSessions() : question.evidence();
		List<String> ranked = units(answer, bySession);
		return new Score(recall(evidence, first(ranked, 5)), recall(evidence, first(ranked, 10)),
				recall(evidence, first(ranked, 20)), ndcg(evidence, first(ranked, NDCG_DEPTH)),
				recall(evidence, units(withinWords(answer), bySession)));
	}

	private static List<String> units(List<Turn> turns, boolean bySession) {
		Set<String> units = new LinkedHashSet<>();
		turns.forEach((turn) -> units.add(bySession ? turn.session() : turn.id()));
		return List.copyOf(units);
	}

	private static List<Turn> withinWords(List<Turn> turns) {
		List<Turn> within = new ArrayList<>();
		int words = 0;
		for (Turn turn : turns) {
			words += turn.words();
			if (words > WORDS) {
				break;
			}
			within.add(turn);
		}
		return within;
	}

	private static List<String> first(List<String> ranked, int count) {
		return ranked.subList(0, Math.min(count, ranked.size()));
	}

	private static double recall(Set<String> evidence, Collection<String> found) {
		return (double) found.stream().filter(evidence::contains).count() / evidence.size();
	}

	private static double ndcg(Set<String> evidence, List<String> ranked) {
		double gain = 0;
		for (int i = 0; i < ranked.size(); i++) {
			gain += evidence.contains(ranked.get(i)) ? discount(i) : 0;
		}
		double ideal = 0;
		for (int i = 0; i < Math.min(NDCG_DEPTH, evidence.size()); i++) {
			ideal += discount(i);
		}
		return gain / ideal;
	}

	private static double discount(int index) {
		return Math.log(2) / Math.log(index + 2);
	}

}
