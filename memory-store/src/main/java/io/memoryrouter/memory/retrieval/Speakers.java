package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memoryrouter.memory.retrieval.TextAnalysis.Term;
import org.jspecify.annotations.Nullable;

/**
 * The people who speak in a vault, by the words of their names.
 * <p>
 * Guarded by the lock of the {@link VaultIndex}.
 */
final class Speakers {

	private final Map<String, Speaker> byName = new HashMap<>();

	private final Map<String, List<Speaker>> byTerm = new HashMap<>();

	private int turns;

	/**
	 * Counts a turn.
	 * @param name the name of who said it, or {@code null}
	 * @return the speaker, or {@code null} if there is no name
	 */
	@Nullable Speaker add(@Nullable String name) {
		if (name == null) {
			return null;
		}
		Speaker speaker = this.byName.get(name);
		if (speaker == null) {
			speaker = new Speaker(name, TextAnalysis.terms(name).stream().map(Term::value).distinct().toList());
			this.byName.put(name, speaker);
			for (String term : speaker.terms) {
				this.byTerm.computeIfAbsent(term, (key) -> new ArrayList<>(1)).add(speaker);
			}
		}
		speaker.turns++;
		this.turns++;
		return speaker;
	}

	void remove(@Nullable Speaker speaker) {
		if (speaker == null) {
			return;
		}
		this.turns--;
		speaker.turns--;
		if (speaker.turns == 0) {
			this.byName.remove(speaker.name);
			for (String term : speaker.terms) {
				List<Speaker> namesakes = this.byTerm.get(term);
				if (namesakes != null && namesakes.remove(speaker) && namesakes.isEmpty()) {
					this.byTerm.remove(term);
				}
			}
		}
	}

	/**
	 * Whether a term is of somebody's name.
	 * @param term the term
	 * @return whether it is
	 */
	boolean isName(String term) {
		return this.byTerm.containsKey(term);
	}

	/**
	 * Finds who is meant.
	 * @param terms the terms of a question
	 * @return the one speaker whom it names, or {@code null} if it names none or several
	 */
	@Nullable Speaker named(Collection<String> terms) {
		Set<Speaker> named = new LinkedHashSet<>();
		for (String term : terms) {
			named.addAll(this.byTerm.getOrDefault(term, List.of()));
		}
		return (named.size() == 1) ? named.iterator().next() : null;
	}

	/**
	 * How many people speak.
	 * @return the number of different names
	 */
	int size() {
		return this.byName.size();
	}

	/**
	 * How many turns tell who said them.
	 * @return the number of turns
	 */
	int turns() {
		return this.turns;
	}

	/** Somebody who speaks. Equal by identity. */
	static final class Speaker {

		private final String name;

		private final List<String> terms;

		private int turns;

		Speaker(String name, List<String> terms) {
			this.name = name;
			this.terms = terms;
		}

	}

}
