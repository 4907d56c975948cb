package io.memoryrouter.memory.retrieval;

/**
 * What each piece of evidence counts for in the score of a memory. The words of the turn
 * count 1; all other weights are relative to that.
 *
 * @param session the words of the whole session
 * @param speaker that the one speaker whom the question names said it
 * @param meaning the closeness of the vectors, in standard deviations from the vault's
 * mean
 * @param asks that the turn ends by asking something itself
 * @param time that the question asks for a time and the turn tells one
 * @param sessionMeaning the closeness of the session's closest turn, from 0 for the
 * farthest session to 1 for the closest
 * @param assistantTurn that the assistant said it
 * @param sameSession that it was said in the session of the question
 * @param reply how much a word of the assistant's reply counts, compared with one of the
 * turn that it replies to
 * @param neighbours whether a turn is read together with the turns around it
 */
public record RankingWeights(double session, double speaker, double meaning, double asks, double time,
		double sessionMeaning, double assistantTurn, double sameSession, double reply, boolean neighbours) {

	/** For people who talk with each other. */
	public static final RankingWeights PEOPLE = new RankingWeights(0.2, 0.5, 0.3, -0.2, 0.4, 0.3, 0, 0.1, 0, true);

	/** For a person who talks with an assistant. */
	public static final RankingWeights ASSISTANT = new RankingWeights(0.75, 0, 0.3, 0, 0, 0, -1, 0.1, 0.8, false);

}
