package io.memoryrouter.memory.retrieval;

/**
 * What each piece of evidence counts for in the score of a memory. How well the words
 * match counts 1; all other weights are relative to that.
 * <p>
 * In brackets: by how many points recall falls without it, on LoCoMo (categories 1 to 4,
 * the first ten turns) for people, on RealMem (the first five sessions) for a person with
 * an assistant. A dash means that it is not used there because it costs recall or tells
 * nothing.
 *
 * @param session how well the words of the whole session match (0.0; 0.7 of the first
 * five. 2.6)
 * @param speaker that the one speaker whom the question names said it (1.0. –)
 * @param meaning how close the vectors are, in standard deviations from the vault's mean
 * (2.9. 3.3)
 * @param asks that the turn ends by asking something itself (0.2. –)
 * @param time that the question asks for a time and the turn tells one (0.6. –)
 * @param sessionMeaning how close the session's closest turn is, from 0 for the farthest
 * session to 1 for the closest (0.3. –)
 * @param assistantTurn that the assistant said it. Its turns are long and repeat what
 * people say: held back, they cost 1.0, and save so much room that 20 points more are
 * found within 1,000 words
 * @param sameSession that it was said in the session of the question. Not measured: no
 * set asks for what its own session holds
 * @param reply how much a word of the assistant's reply counts, compared with one of the
 * turn that it replies to (–. 2.0)
 * @param neighbours whether a turn is read together with the two turns before and the two
 * behind it, its own words three times (2.7. –)
 */
public record RankingWeights(double session, double speaker, double meaning, double asks, double time,
		double sessionMeaning, double assistantTurn, double sameSession, double reply, boolean neighbours) {

	/** For people who talk with each other. */
	public static final RankingWeights PEOPLE = new RankingWeights(0.2, 0.5, 0.3, -0.2, 0.4, 0.3, 0, 0.1, 0, true);

	/** For a person who talks with an assistant. */
	public static final RankingWeights ASSISTANT = new RankingWeights(0.75, 0, 0.3, 0, 0, 0, -1, 0.1, 0.8, false);

}
