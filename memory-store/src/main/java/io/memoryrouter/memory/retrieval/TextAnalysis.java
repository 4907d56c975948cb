package io.memoryrouter.memory.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.FlagsAttribute;
import org.apache.lucene.analysis.LowerCaseFilter;

/**
 * Splits text into the terms that words are matched by: Unicode word boundaries, lower
 * case, no accents, English possessives and endings (Porter) taken off. Scripts that are
 * written without spaces (Chinese, Japanese, Korean) come out as pairs of neighbouring
 * characters. Questions and memories are split by the same rules; what a question is
 * better off without is only marked, because whether "will" is a word or a name is for
 * the vault to say.
 */
final class TextAnalysis {

	/** What is beyond this many characters of a text is not searched by words. */
	private static final int MAX_CHARACTERS = 65_536;

	private static final int FUNCTION_WORD = 1;

	private static final Analyzer ANALYZER = new TermAnalyzer();

	private TextAnalysis() {
	}

	/**
	 * Splits a text.
	 * @param text any text
	 * @return its terms, in order
	 */
	static List<Term> terms(String text) {
		String head = (text.length() > MAX_CHARACTERS) ? text.substring(0, MAX_CHARACTERS) : text;
		List<Term> terms = new ArrayList<>(head.length() / 5 + 1);
		try (TokenStream tokens = ANALYZER.tokenStream("", head)) {
			CharTermAttribute term = tokens.getAttribute(CharTermAttribute.class);
			FlagsAttribute flags = tokens.getAttribute(FlagsAttribute.class);
			tokens.reset();
			while (tokens.incrementToken()) {
				terms.add(new Term(term.toString(), (flags.getFlags() & FUNCTION_WORD) != 0));
			}
			tokens.end();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A text in memory cannot fail to be read", ex);
		}
		return terms;
	}

	/**
	 * A term of a text.
	 *
	 * @param value the term, as it is matched
	 * @param functionWord whether the word holds a sentence together rather than says
	 * what it is about: "what", "did", "the"
	 */
	record Term(String value, boolean functionWord) {

	}

	private static final class TermAnalyzer extends Analyzer {

		@Override
		protected TokenStreamComponents createComponents(String fieldName) {
			StandardTokenizer tokenizer = new StandardTokenizer();
			TokenStream words = new CJKBigramFilter(
					new LowerCaseFilter(new EnglishPossessiveFilter(new CJKWidthFilter(tokenizer))));
			return new TokenStreamComponents(tokenizer,
					new PorterStemFilter(new FunctionWordFilter(new ASCIIFoldingFilter(words))));
		}

	}

	/**
	 * Marks function words while they still have their endings.
	 */
	private static final class FunctionWordFilter extends TokenFilter {

		private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

		private final FlagsAttribute flags = addAttribute(FlagsAttribute.class);

		FunctionWordFilter(TokenStream input) {
			super(input);
		}

		@Override
		public boolean incrementToken() throws IOException {
			if (!this.input.incrementToken()) {
				return false;
			}
			if (FunctionWords.contains(this.term.buffer(), this.term.length())) {
				this.flags.setFlags(this.flags.getFlags() | FUNCTION_WORD);
			}
			return true;
		}

	}

}
