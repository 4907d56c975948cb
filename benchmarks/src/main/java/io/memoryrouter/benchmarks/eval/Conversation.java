package io.memoryrouter.benchmarks.eval;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.memoryrouter.memory.Role;
import org.jspecify.annotations.Nullable;

/**
 * A long chat and what is asked about it.
 *
 * @param id names it in its set
 * @param turns what was said, in order
 * @param questions what is asked, in order of their {@link Question#cutoff() cutoffs}
 */
record Conversation(String id, List<Turn> turns, List<Question> questions) {

	Conversation {
		turns = List.copyOf(turns);
		questions = List.copyOf(questions);
	}

	/**
	 * The same conversation at another time.
	 * @param start when its first turn is said; the others follow by the millisecond
	 * @return the conversation
	 */
	Conversation saidAt(Instant start) {
		return new Conversation(this.id,
				this.turns.stream()
					.map((turn) -> new Turn(turn.id(), turn.session(), turn.order(), start.plusMillis(turn.order()),
							turn.role(), turn.speaker(), turn.text()))
					.toList(),
				this.questions);
	}

	/**
	 * One thing that was said.
	 *
	 * @param id unique in the conversation
	 * @param session the session
	 * @param order its place in the conversation
	 * @param at when it was said
	 * @param role whether a person or an assistant said it
	 * @param speaker the name of the person where several talk, or {@code null}
	 * @param text what was said, with the caption of a picture where there is one
	 */
	record Turn(String id, String session, int order, Instant at, Role role, @Nullable String speaker, String text) {

		/**
		 * The length.
		 * @return the number of words of the text
		 */
		int words() {
			return this.text.strip().split("\\s+").length;
		}

	}

	/**
	 * A question and what answers it.
	 *
	 * @param id unique in the set
	 * @param text the question
	 * @param category the kind of question, as the set names it
	 * @param evidence the ids of the turns that answer it; empty where the set knows only
	 * the sessions
	 * @param evidenceSessions the sessions that answer it
	 * @param cutoff only turns whose order is less were said before it
	 * @param session the session that it is asked in, or {@code null}
	 * @param history the messages before it in its own session, oldest first
	 */
	record Question(String id, String text, String category, Set<String> evidence, Set<String> evidenceSessions,
			int cutoff, @Nullable String session, List<String> history) {

		Question {
			evidence = Set.copyOf(evidence);
			evidenceSessions = Set.copyOf(evidenceSessions);
			history = List.copyOf(history);
		}

	}

}
