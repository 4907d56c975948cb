package io.memoryrouter.memory.retrieval;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.retrieval.TextAnalysis.Term;

/**
 * The terms that one memory is found by: those of its text, of the day when it was said
 * ("8 May 2023 Monday", in UTC) and of its speaker.
 *
 * @param frequencies how often it has each term
 * @param length the number of terms, repetitions included
 * @param fingerprint equal for texts that differ in case, punctuation and endings only
 */
record TurnTerms(Map<String, Integer> frequencies, int length, long fingerprint) {

	static TurnTerms of(Memory memory) {
		List<Term> text = TextAnalysis.terms(memory.text());
		List<Term> circumstances = TextAnalysis.terms(circumstances(memory));
		Map<String, Integer> frequencies = new HashMap<>();
		text.forEach((term) -> frequencies.merge(term.value(), 1, Integer::sum));
		circumstances.forEach((term) -> frequencies.merge(term.value(), 1, Integer::sum));
		return new TurnTerms(frequencies, text.size() + circumstances.size(), fingerprint(text));
	}

	private static String circumstances(Memory memory) {
		LocalDate day = memory.createdAt().atZone(ZoneOffset.UTC).toLocalDate();
		String date = day.getDayOfMonth() + " " + day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
				+ day.getYear() + " " + day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
		return (memory.speaker() != null) ? date + " " + memory.speaker() : date;
	}

	private static long fingerprint(List<Term> terms) {
		long hash = 0;
		for (Term term : terms) {
			hash = 31 * hash + term.value().hashCode();
		}
		return hash;
	}

}
