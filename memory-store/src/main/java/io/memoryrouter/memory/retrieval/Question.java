package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.retrieval.TextAnalysis.Term;

/**
 * What is asked, split into terms.
 *
 * @param terms the different terms and the weight of each: 1 for those of the message
 * itself, less for those that only what was said before it has
 * @param names the terms of the message itself
 * @param asksForTime whether it asks when something was
 */
record Question(Map<Term, Double> terms, List<String> names, boolean asksForTime) {

	/**
	 * The greatest number of terms. A question has ten; this bounds what a pasted book
	 * costs.
	 */
	private static final int MAX_TERMS = 256;

	/**
	 * Splits a question.
	 * @param query the query
	 * @param contextWeight the weight of what was said before, from 0 to 1
	 * @return the question
	 */
	static Question of(RecallQuery query, double contextWeight) {
		Map<Term, Double> terms = new LinkedHashMap<>();
		List<String> names = new ArrayList<>();
		for (Term term : TextAnalysis.terms(query.text())) {
			names.add(term.value());
			put(terms, term, 1);
		}
		if (contextWeight > 0) {
			for (int i = query.context().size() - 1; i >= 0 && terms.size() < MAX_TERMS; i--) {
				TextAnalysis.terms(query.context().get(i)).forEach((term) -> put(terms, term, contextWeight));
			}
		}
		return new Question(terms, names, TextTraits.asksForTime(query.text()));
	}

	private static void put(Map<Term, Double> terms, Term term, double weight) {
		if (terms.size() < MAX_TERMS) {
			terms.putIfAbsent(term, weight);
		}
	}

}
