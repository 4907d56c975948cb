package io.memoryrouter.memory.retrieval;

import java.util.List;

import io.memoryrouter.memory.retrieval.TextAnalysis.Term;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextAnalysisTests {

	@Test
	void termsWhenEnglishThenEndingsCaseAndPossessivesAreGone() {
		assertThat(values("Caroline's DOGS were running")).containsExactly("carolin", "dog", "were", "run");
	}

	@Test
	void termsWhenFunctionWordThenItIsMarkedAndKept() {
		assertThat(TextAnalysis.terms("When did Will paint?")).containsExactly(new Term("when", true),
				new Term("did", true), new Term("will", true), new Term("paint", false));
	}

	@Test
	void termsWhenMonthOfMayThenItIsNoFunctionWord() {
		assertThat(TextAnalysis.terms("May")).containsExactly(new Term("mai", false));
	}

	@Test
	void termsWhenAccentsThenTheyDoNotMatter() {
		assertThat(values("Café Zoë")).isEqualTo(values("cafe zoe"));
	}

	@Test
	void termsWhenChineseOrJapaneseThenPairsOfCharacters() {
		assertThat(values("我住在里斯本")).containsExactly("我住", "住在", "在里", "里斯", "斯本");
		assertThat(values("東京")).containsExactly("東京");
	}

	@Test
	void termsWhenOtherScriptsThenNothingIsLost() {
		assertThat(values("Привет мир")).containsExactly("привет", "мир");
		assertThat(values("สวัสดี")).isNotEmpty();
		assertThat(values("שלום עולם")).hasSize(2);
		assertThat(values("🎉")).isNotEmpty();
	}

	@Test
	void termsWhenTextIsHugeThenAnalysisIsBounded() {
		assertThat(TextAnalysis.terms("word ".repeat(1_000_000))).hasSizeLessThan(20_000);
	}

	private static List<String> values(String text) {
		return TextAnalysis.terms(text).stream().map(Term::value).toList();
	}

}
