package io.memoryrouter.memory.retrieval;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts the tokens of texts with the vocabulary {@code cl100k_base}. Providers have
 * vocabularies of their own that differ by some per cent in English; the next larger one
 * would take twice the memory for a count that is no truer for most of them.
 */
final class TokenCounter {

	private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

	private TokenCounter() {
	}

	/**
	 * Counts. Text that looks like a control token of a model is counted as the text that
	 * it is.
	 * @param text any text
	 * @return the number of tokens
	 */
	static int count(String text) {
		return ENCODING.countTokensOrdinary(text);
	}

}
