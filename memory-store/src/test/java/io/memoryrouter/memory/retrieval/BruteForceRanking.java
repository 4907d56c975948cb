package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.retrieval.TextAnalysis.Term;
import org.jspecify.annotations.Nullable;

/**
 * The ranking, written down without regard to speed: every document is built, every
 * document is counted for every term.
 */
final class BruteForceRanking {

	private final List<Change.Put> puts;

	private final RankingWeights weights;

	private final String question;

	private final float[] vector;

	private final @Nullable SessionId session;

	BruteForceRanking(Collection<Change.Put> puts, RankingWeights weights, String question, float[] vector,
			@Nullable SessionId session) {
		this.puts = puts.stream()
			.sorted(Comparator.comparing((Change.Put put) -> put.memory().createdAt())
				.thenComparingLong(Change.Put::sequence))
			.toList();
		this.weights = weights;
		this.question = question;
		this.vector = vector;
		this.session = session;
	}

	/** The scores by id. */
	Map<String, Double> scores() {
		Map<String, Double> words = wordScores();
		Map<SessionKey, Double> sessionWords = sessionScores();
		Map<SessionKey, Double> sessionCosines = sessionCosines();
		double wordsMax = max(words.values());
		double sessionMax = max(sessionWords.values());
		Set<String> named = namedSpeakers();
		Map<String, Double> scores = new HashMap<>();
		for (Change.Put put : this.puts) {
			Memory memory = put.memory();
			SessionKey key = new SessionKey(memory.session());
			double score = ratio(words.get(memory.id()), wordsMax);
			score += this.weights.session() * ratio(sessionWords.get(key), sessionMax);
			score += this.weights.sessionMeaning() * minMax(sessionCosines.get(key), sessionCosines.values());
			score += (named.size() == 1 && named.contains(String.valueOf(memory.speaker()))) ? this.weights.speaker()
					: 0;
			score += memory.text().strip().endsWith("?") ? this.weights.asks() : 0;
			score += (TextTraits.asksForTime(this.question) && TextTraits.tellsTime(memory.text()))
					? this.weights.time() : 0;
			score += (memory.role() == Role.ASSISTANT) ? this.weights.assistantTurn() : 0;
			score += (this.session != null && this.session.equals(memory.session())) ? this.weights.sameSession() : 0;
			score += this.weights.meaning() * deviations(put);
			scores.put(memory.id(), score);
		}
		return scores;
	}

	private Map<String, Double> wordScores() {
		Map<String, Double> scores = new HashMap<>();
		if (this.weights.neighbours()) {
			List<Document> documents = this.puts.stream().map(this::withNeighbours).toList();
			documents.forEach((document) -> scores.put(document.id, bm25(document, documents)));
			return scores;
		}
		for (Role role : Role.values()) {
			List<Document> documents = this.puts.stream()
				.filter((put) -> put.memory().role() == role)
				.map(this::withReply)
				.toList();
			documents.forEach((document) -> scores.put(document.id, bm25(document, documents)));
		}
		return scores;
	}

	private Document withNeighbours(Change.Put put) {
		List<Change.Put> session = session(put);
		int place = session.indexOf(put);
		Document document = new Document(put.memory().id());
		document.add(put, 3, true);
		for (int i = Math.max(0, place - 2); i <= Math.min(session.size() - 1, place + 2); i++) {
			if (i != place) {
				document.add(session.get(i), 1, true);
			}
		}
		return document;
	}

	private Document withReply(Change.Put put) {
		List<Change.Put> session = session(put);
		int next = session.indexOf(put) + 1;
		Document document = new Document(put.memory().id());
		document.add(put, 1, true);
		if (put.memory().role() == Role.USER && next < session.size()
				&& session.get(next).memory().role() == Role.ASSISTANT) {
			document.add(session.get(next), this.weights.reply(), false);
		}
		return document;
	}

	private Map<SessionKey, Double> sessionScores() {
		Map<SessionKey, Document> documents = new HashMap<>();
		for (Change.Put put : this.puts) {
			documents.computeIfAbsent(new SessionKey(put.memory().session()), (key) -> new Document(""))
				.add(put, 1, true);
		}
		Map<SessionKey, Double> scores = new HashMap<>();
		documents.forEach((key, document) -> scores.put(key, bm25(document, documents.values())));
		return scores;
	}

	private double bm25(Document document, Collection<Document> all) {
		double mean = all.stream().mapToDouble((each) -> each.length).average().orElseThrow();
		double score = 0;
		for (String term : questionTerms()) {
			double frequency = document.frequencies.getOrDefault(term, 0.0);
			long having = all.stream().filter((each) -> each.frequencies.containsKey(term)).count();
			double idf = Math.log(1 + (all.size() - having + 0.5) / (having + 0.5));
			score += idf * frequency / (frequency + 1.2 * (0.25 + 0.75 * document.length / mean));
		}
		return score;
	}

	private Set<String> questionTerms() {
		Set<String> terms = new LinkedHashSet<>();
		for (Term term : TextAnalysis.terms(this.question)) {
			if (!term.functionWord() || !speakersCalled(term.value()).isEmpty()) {
				terms.add(term.value());
			}
		}
		return terms;
	}

	private Set<String> namedSpeakers() {
		Set<String> named = new HashSet<>();
		TextAnalysis.terms(this.question).forEach((term) -> named.addAll(speakersCalled(term.value())));
		return named;
	}

	private Set<String> speakersCalled(String term) {
		Set<String> speakers = new HashSet<>();
		for (Change.Put put : this.puts) {
			String speaker = put.memory().speaker();
			if (speaker != null && TextAnalysis.terms(speaker).stream().anyMatch((name) -> name.value().equals(term))) {
				speakers.add(speaker);
			}
		}
		return speakers;
	}

	private List<Change.Put> session(Change.Put put) {
		return this.puts.stream()
			.filter((each) -> Objects.equals(each.memory().session(), put.memory().session()))
			.toList();
	}

	private Map<SessionKey, Double> sessionCosines() {
		Map<SessionKey, Double> cosines = new HashMap<>();
		for (Change.Put put : this.puts) {
			if (put.embedding() != null) {
				cosines.merge(new SessionKey(put.memory().session()), cosine(put), Math::max);
			}
		}
		return cosines;
	}

	private double deviations(Change.Put put) {
		if (put.embedding() == null) {
			return 0;
		}
		List<Double> cosines = new ArrayList<>();
		for (Change.Put each : this.puts) {
			if (each.embedding() != null
					&& (this.weights.neighbours() || each.memory().role() == put.memory().role())) {
				cosines.add(cosine(each));
			}
		}
		double mean = cosines.stream().mapToDouble((value) -> value).average().orElseThrow();
		double variance = cosines.stream()
			.mapToDouble((value) -> (value - mean) * (value - mean))
			.average()
			.orElseThrow();
		return (variance > 1e-9) ? (cosine(put) - mean) / Math.sqrt(variance) : 0;
	}

	private double cosine(Change.Put put) {
		float[] other = Objects.requireNonNull(put.embedding()).vector();
		double product = 0;
		for (int i = 0; i < other.length; i++) {
			product += other[i] * this.vector[i];
		}
		return product;
	}

	private static double max(Collection<Double> values) {
		return values.isEmpty() ? 0 : Collections.max(values);
	}

	private static double ratio(@Nullable Double value, double max) {
		return (value != null && max > 0) ? value / max : 0;
	}

	private static double minMax(@Nullable Double value, Collection<Double> all) {
		if (value == null || Collections.max(all).equals(Collections.min(all))) {
			return 0;
		}
		return (value - Collections.min(all)) / (Collections.max(all) - Collections.min(all));
	}

	private record SessionKey(@Nullable SessionId id) {

	}

	private static final class Document {

		private final String id;

		private final Map<String, Double> frequencies = new HashMap<>();

		private int length;

		Document(String id) {
			this.id = id;
		}

		void add(Change.Put put, double weight, boolean longer) {
			TurnTerms terms = TurnTerms.of(put.memory());
			terms.frequencies().forEach((term, count) -> this.frequencies.merge(term, weight * count, Double::sum));
			this.length += longer ? (int) weight * terms.length() : 0;
		}

	}

}
