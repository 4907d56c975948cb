package io.memoryrouter.benchmarks.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.RecallFunction.Answer;

/**
 * The scores of an evaluation by category, and how long recalls took.
 * <p>
 * Questions of a category that begins with "5" (LoCoMo's adversarial ones, whose premise
 * is wrong) are not in the total.
 */
final class EvalReport {

	private static final String APART = "5";

	private final Map<String, List<Score>> byCategory = new TreeMap<>();

	private final List<Duration> retrieval = new ArrayList<>();

	private final List<Duration> withEmbedding = new ArrayList<>();

	private int vaults;

	private int memories;

	private int silent;

	void add(Question question, Score score, Answer answer) {
		this.byCategory.computeIfAbsent(question.category(), (key) -> new ArrayList<>()).add(score);
		this.retrieval.add(answer.retrieval());
		this.withEmbedding.add(answer.retrieval().plus(answer.embedding()));
		this.silent += answer.turns().isEmpty() ? 1 : 0;
	}

	void addVault(int size) {
		this.vaults++;
		this.memories += size;
	}

	/**
	 * The mean scores, in per cent.
	 * @return a row for each category, then one for all that count
	 */
	List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		List<Score> counted = new ArrayList<>();
		this.byCategory.forEach((category, scores) -> {
			rows.add(Row.of(category, scores));
			if (!category.startsWith(APART)) {
				counted.addAll(scores);
			}
		});
		boolean apart = this.byCategory.keySet().stream().anyMatch((category) -> category.startsWith(APART));
		rows.add(Row.of(apart ? "1-4 together" : "all", counted));
		return rows;
	}

	/**
	 * The report for eyes.
	 * @return a table and two lines of times
	 */
	String toText() {
		StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "%d vaults, %d memories; nothing recalled for %d questions%n%n",
				this.vaults, this.memories, this.silent));
		text.append(String.format(Locale.ROOT, "%-22s %9s %6s %6s %6s %8s %13s%n", "category", "questions", "R@5",
				"R@10", "R@20", "nDCG@10", "R in " + Score.WORDS + " w"));
		for (Row row : rows()) {
			text.append(String.format(Locale.ROOT, "%-22s %9d %6.1f %6.1f %6.1f %8.1f %13.1f%n", row.category(),
					row.questions(), row.at5(), row.at10(), row.at20(), row.ndcg(), row.withinWords()));
		}
		text.append(String.format(Locale.ROOT, "%nrecall without embedding  p50 %.2f ms, p95 %.2f ms%n",
				percentile(this.retrieval, 50), percentile(this.retrieval, 95)));
		text.append(String.format(Locale.ROOT, "recall with embedding     p50 %.2f ms, p95 %.2f ms%n",
				percentile(this.withEmbedding, 50), percentile(this.withEmbedding, 95)));
		return text.toString();
	}

	/**
	 * The report for programs.
	 * @return what {@link #toText()} says, by name; times in milliseconds
	 */
	Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("vaults", this.vaults);
		map.put("memories", this.memories);
		map.put("silent", this.silent);
		map.put("scores", rows());
		map.put("recallMs", times(this.retrieval));
		map.put("recallWithEmbeddingMs", times(this.withEmbedding));
		return map;
	}

	private static Map<String, Double> times(List<Duration> durations) {
		return Map.of("p50", percentile(durations, 50), "p95", percentile(durations, 95));
	}

	/**
	 * A percentile, by the nearest rank.
	 * @param durations the durations
	 * @param percent which one, from 1 to 100
	 * @return the percentile in milliseconds, 0 of nothing
	 */
	static double percentile(List<Duration> durations, int percent) {
		if (durations.isEmpty()) {
			return 0;
		}
		List<Duration> sorted = durations.stream().sorted().toList();
		int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
		return sorted.get(rank - 1).toNanos() / 1e6;
	}

	/**
	 * The mean scores of a category, in per cent.
	 *
	 * @param category the category
	 * @param questions how many questions it has
	 * @param at5 recall at 5
	 * @param at10 recall at 10
	 * @param at20 recall at 20
	 * @param ndcg nDCG at 10
	 * @param withinWords recall within {@value Score#WORDS} words
	 */
	record Row(String category, int questions, double at5, double at10, double at20, double ndcg, double withinWords) {

		static Row of(String category, List<Score> scores) {
			return new Row(category, scores.size(), mean(scores, Score::at5), mean(scores, Score::at10),
					mean(scores, Score::at20), mean(scores, Score::ndcg), mean(scores, Score::withinWords));
		}

		private static double mean(List<Score> scores, ToDoubleFunction<Score> value) {
			return 100 * scores.stream().mapToDouble(value).average().orElse(0);
		}

	}

}
