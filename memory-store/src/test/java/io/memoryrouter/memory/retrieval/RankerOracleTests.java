package io.memoryrouter.memory.retrieval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.RecallQuery.Scope;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Random vaults that are written, changed and deleted from in random order, ranked by the
 * index that followed all of it, by one that is built at the end, and by brute force.
 */
class RankerOracleTests {

	private static final VaultId VAULT = new VaultId("v");

	private static final int DIMENSIONS = 10;

	private static final List<String> WORDS = List.of("apple", "boat", "cat", "dog", "egg", "fish", "goat", "when",
			"did", "the", "yesterday", "will", "2023", "may", "running", "runs");

	private static final List<String> SPEAKERS = List.of("Anna", "Ben Will", "Cleo");

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
	void rankWhenVaultChangesThenScoresAreThoseOfBruteForce(long seed) {
		Random random = new Random(seed);
		boolean named = seed % 2 == 0;
		RankingWeights weights = named ? RankingWeights.PEOPLE : RankingWeights.ASSISTANT;
		LogStore store = new LogStore();
		VaultIndex followed = new VaultIndex(VAULT, "m", DIMENSIONS);
		for (int step = 0; step < 12; step++) {
			for (int i = 0; i < 1 + random.nextInt(30); i++) {
				change(store, random, named);
			}
			followed.apply(store.changesNow(VAULT, followed.position()));
			VaultIndex fresh = new VaultIndex(VAULT, "m", DIMENSIONS);
			fresh.apply(store.changesNow(VAULT, 0));
			String question = text(random, 6) + (random.nextBoolean() ? " Anna" : "");
			float[] vector = vector(random);
			SessionId session = session(random);
			Map<String, Double> expected = new BruteForceRanking(puts(store), weights, question, vector, session)
				.scores();
			assertRanking(followed, weights, question, vector, session, expected);
			assertRanking(fresh, weights, question, vector, session, expected);
		}
	}

	private static void assertRanking(VaultIndex index, RankingWeights weights, String question, float[] vector,
			@Nullable SessionId session, Map<String, Double> expected) {
		RecallQuery query = new RecallQuery(VAULT, List.of(), question, List.of(), session, Scope.VAULT, 10, 10,
				(memory) -> false, Instant.EPOCH);
		Ranking ranking = new Ranker(index, new Scores(), weights).rank(Question.of(query, 0), vector, session, false);
		List<Double> scores = new ArrayList<>();
		Turn turn = ranking.next();
		while (turn != null) {
			assertThat(ranking.score(turn)).as(turn.memory.id())
				.isCloseTo(expected.get(turn.memory.id()), within(2e-3));
			scores.add(-ranking.score(turn));
			turn = ranking.next();
		}
		assertThat(scores).hasSize(expected.size()).isSorted();
	}

	private static void change(LogStore store, Random random, boolean named) {
		List<Change.Put> puts = puts(store);
		Change.Put some = puts.isEmpty() ? null : puts.get(random.nextInt(puts.size()));
		int kind = random.nextInt(10);
		if (some == null || kind < 5) {
			store.append(VAULT, List.of(memory(random, named))).block();
		}
		else if (kind < 8) {
			store.embed(VAULT, Map.of(some.memory(), new Embedding("m", vector(random)))).block();
		}
		else if (kind == 8) {
			store.replaceText(VAULT, some.memory().id(), text(random, 8)).block();
		}
		else {
			store.delete(VAULT, some.memory().id()).block();
		}
	}

	private static List<Change.Put> puts(LogStore store) {
		return store.changesNow(VAULT, 0).stream().map(Change.Put.class::cast).toList();
	}

	private static Memory memory(Random random, boolean named) {
		Role role = (!named && random.nextBoolean()) ? Role.ASSISTANT : Role.USER;
		String speaker = named ? SPEAKERS.get(random.nextInt(SPEAKERS.size())) : null;
		Instant at = Instant.parse("2023-05-08T10:00:00Z").plusSeconds(random.nextInt(20) * 40_000L);
		return new Memory("m" + random.nextInt(100_000), VAULT, session(random), role, speaker,
				text(random, 12) + (random.nextBoolean() ? "?" : "."), at, false);
	}

	private static @Nullable SessionId session(Random random) {
		int session = random.nextInt(4);
		return (session == 0) ? null : new SessionId("s" + session);
	}

	private static String text(Random random, int most) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 1 + random.nextInt(most); i++) {
			text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
		}
		return text.toString().strip();
	}

	private static float[] vector(Random random) {
		float[] vector = new float[DIMENSIONS];
		double length = 0;
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) random.nextGaussian();
			length += vector[i] * vector[i];
		}
		for (int i = 0; i < vector.length; i++) {
			vector[i] /= (float) Math.sqrt(length);
		}
		return vector;
	}

}
