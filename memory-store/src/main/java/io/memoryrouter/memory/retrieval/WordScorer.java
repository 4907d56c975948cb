package io.memoryrouter.memory.retrieval;

import java.util.Map;

import io.memoryrouter.memory.retrieval.TextAnalysis.Term;
import org.jspecify.annotations.Nullable;

/**
 * Scores the turns and the sessions of a vault by the words of a question, with BM25.
 * <p>
 * For one term after the other: the frequencies of the term are laid out by slot, passed
 * on to the turns around where turns are read together with them, weighed, added to the
 * scores, and wiped again. So the cost is that of the postings of the question's terms,
 * not of the vault.
 */
final class WordScorer {

	private final VaultIndex index;

	private final WordIndex words;

	private final Scores scores;

	private final RankingWeights weights;

	private int touched;

	/**
	 * Makes a scorer for one ranking.
	 * @param index the index, under its read lock
	 * @param scores where the scores go
	 * @param weights how turns are read
	 */
	WordScorer(VaultIndex index, Scores scores, RankingWeights weights) {
		this.index = index;
		this.words = index.words();
		this.scores = scores;
		this.weights = weights;
	}

	/**
	 * Scores by all terms of a question but its function words.
	 * @param question the question
	 * @return how telling its terms are together, those included that nobody said
	 */
	double score(Question question) {
		double information = 0;
		for (Map.Entry<Term, Double> entry : question.terms().entrySet()) {
			Term term = entry.getKey();
			if (!term.functionWord() || this.index.speakers().isName(term.value())) {
				information += score(this.words.postings(term.value()), entry.getValue());
			}
		}
		return information;
	}

	private double score(@Nullable Postings postings, double weight) {
		if (postings == null) {
			return weight * this.words.contexts().idf(0);
		}
		layOutBySession(postings);
		addToSessions(weight);
		if (this.weights.neighbours()) {
			layOutWithNeighbours(postings);
			return addToTurns(this.words.contexts(), weight);
		}
		layOutWithReplies(postings);
		return addToTurnsByRole(weight);
	}

	private void layOutBySession(Postings postings) {
		this.touched = 0;
		for (int i = 0; i < postings.size(); i++) {
			touch(this.index.turn(postings.slot(i)).session.ordinal, postings.frequency(i));
		}
	}

	private void layOutWithNeighbours(Postings postings) {
		this.touched = 0;
		for (int i = 0; i < postings.size(); i++) {
			Turn turn = this.index.turn(postings.slot(i));
			int frequency = postings.frequency(i);
			touch(turn.slot, SessionTurns.OWN_WEIGHT * frequency);
			Turn before = turn.previous;
			Turn after = turn.next;
			for (int j = 0; j < SessionTurns.NEIGHBOURS; j++) {
				if (before != null) {
					touch(before.slot, frequency);
					before = before.previous;
				}
				if (after != null) {
					touch(after.slot, frequency);
					after = after.next;
				}
			}
		}
	}

	private void layOutWithReplies(Postings postings) {
		this.touched = 0;
		float reply = (float) this.weights.reply();
		for (int i = 0; i < postings.size(); i++) {
			Turn turn = this.index.turn(postings.slot(i));
			touch(turn.slot, postings.frequency(i));
			Turn before = turn.previous;
			if (turn.assistant && before != null && !before.assistant && reply > 0) {
				touch(before.slot, reply * postings.frequency(i));
			}
		}
	}

	private void touch(int place, float frequency) {
		if (this.scores.frequency[place] == 0) {
			this.scores.touched[this.touched] = place;
			this.touched++;
		}
		this.scores.frequency[place] += frequency;
	}

	private double addToTurns(Population contexts, double weight) {
		double idf = weight * contexts.idf(this.touched);
		for (int i = 0; i < this.touched; i++) {
			int slot = this.scores.touched[i];
			addToTurn(slot, idf, contexts, this.index.turn(slot).contextLength);
		}
		return idf;
	}

	private double addToTurnsByRole(double weight) {
		int byAssistant = 0;
		for (int i = 0; i < this.touched; i++) {
			byAssistant += this.index.turn(this.scores.touched[i]).assistant ? 1 : 0;
		}
		double people = weight * this.words.people().idf(this.touched - byAssistant);
		double assistant = weight * this.words.assistant().idf(byAssistant);
		for (int i = 0; i < this.touched; i++) {
			Turn turn = this.index.turn(this.scores.touched[i]);
			addToTurn(turn.slot, turn.assistant ? assistant : people, this.words.alone(turn), turn.length);
		}
		return people;
	}

	private void addToTurn(int slot, double idf, Population population, int length) {
		this.scores.words[slot] += (float) (idf * population.saturation(this.scores.frequency[slot], length));
		this.scores.coverage[slot] += (float) idf;
		this.scores.frequency[slot] = 0;
	}

	private void addToSessions(double weight) {
		Population sessions = this.words.sessions();
		double idf = weight * sessions.idf(this.touched);
		for (int i = 0; i < this.touched; i++) {
			int ordinal = this.scores.touched[i];
			double saturation = sessions.saturation(this.scores.frequency[ordinal],
					this.index.session(ordinal).length());
			this.scores.sessionWords[ordinal] += (float) (idf * saturation);
			this.scores.frequency[ordinal] = 0;
		}
	}

}
