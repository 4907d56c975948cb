package io.memoryrouter.memory.embedding;

import java.time.Duration;
import java.util.List;

import ai.djl.util.Utils;
import io.memoryrouter.memory.Embedding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of {@link OnnxTextEmbedder} with the real model.
 */
class OnnxTextEmbedderTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static OnnxTextEmbedder embedder;

	@BeforeAll
	static void start() {
		embedder = OnnxTextEmbedder.start(new OnnxEmbedderSettings(1, 100, 100));
	}

	@AfterAll
	static void close() {
		embedder.close();
	}

	@Test
	void readyWhenModelIsLoadedThenCompletes() {
		assertThat(embedder.ready().thenReturn(true).block(TIMEOUT)).isTrue();
	}

	@Test
	void readyWhenModelIsLoadedThenTokenizerLibraryIsOffline() {
		embedder.ready().block(TIMEOUT);
		assertThat(Utils.isOfflineMode()).isTrue();
		assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
	}

	@Test
	void embedQueryWhenCalledThenVectorHasLengthOneAndNamesTheModel() {
		Embedding embedding = query("Where does my sister live?");
		assertThat(embedding.model()).isEqualTo(embedder.model()).isEqualTo("e5-small-v2-q8");
		assertThat(embedding.vector()).hasSize(embedder.dimensions()).hasSize(384);
		assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-5));
	}

	@Test
	void embedPassagesWhenOneAnswersTheQuestionThenItIsTheClosest() {
		Embedding question = query("What is my dog called?");
		List<Embedding> passages = passages("user: My puppy's name is Biscuit.",
				"user: The invoice is due at the end of March.", "user: I moved to Lisbon for the job.");
		assertThat(cosine(question, passages.get(0))).isGreaterThan(cosine(question, passages.get(1)))
			.isGreaterThan(cosine(question, passages.get(2)));
	}

	@Test
	void embedPassagesWhenTextIsAmongOthersThenVectorIsThatOfTheTextAlone() {
		Embedding alone = passages("user: I play the cello.").get(0);
		List<Embedding> together = passages("user: A much longer text about something else entirely, to pad it.",
				"user: I play the cello.", "user: no");
		assertThat(together.get(1).vector()).isEqualTo(alone.vector());
	}

	@Test
	void embedQueryWhenTextIsAlsoAPassageThenVectorsDiffer() {
		assertThat(query("I play the cello.").vector()).isNotEqualTo(passages("I play the cello.").get(0).vector());
	}

	@Test
	void embedPassagesWhenTextIsLongerThanTheWindowThenTheRestDoesNotCount() {
		String window = "word ".repeat(E5SmallEncoder.MAX_TOKENS);
		List<Embedding> vectors = passages(window, window + "My dog is called Biscuit.", "word ".repeat(400));
		assertThat(vectors.get(1).vector()).isEqualTo(vectors.get(0).vector()).isNotEqualTo(vectors.get(2).vector());
	}

	@Test
	void embedPassagesWhenTextIsVeryLongThenItIsCut() {
		assertThat(passages("x".repeat(2_000_000)).get(0).vector()).doesNotContain(Float.NaN);
	}

	@Test
	void embedPassagesWhenTextIsHostileThenVectorIsSound() {
		for (Embedding embedding : passages("\ud800", "a\u0000b", "[SEP][MASK][CLS]", "\udfff\ud800 x", "🐕🏽‍🦺",
				"\u202e", "?")) {
			assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-5));
		}
	}

	@Test
	void embedPassagesWhenListIsEmptyThenResultIsEmpty() {
		assertThat(embedder.embedPassages(List.of()).block(TIMEOUT)).isEmpty();
	}

	private static Embedding query(String text) {
		Embedding embedding = embedder.embedQuery(text).block(TIMEOUT);
		assertThat(embedding).isNotNull();
		return embedding;
	}

	private static List<Embedding> passages(String... texts) {
		List<Embedding> embeddings = embedder.embedPassages(List.of(texts)).block(TIMEOUT);
		assertThat(embeddings).hasSize(texts.length);
		return embeddings;
	}

	private static double cosine(Embedding a, Embedding b) {
		double sum = 0;
		for (int i = 0; i < a.vector().length; i++) {
			sum += a.vector()[i] * b.vector()[i];
		}
		return sum;
	}

}
