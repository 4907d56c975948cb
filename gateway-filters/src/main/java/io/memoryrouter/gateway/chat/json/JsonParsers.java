package io.memoryrouter.gateway.chat.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes parsers that take whatever a provider takes: strings and numbers of any length.
 * The size of the document is bounded by whoever read it; only the depth is bounded here.
 */
public final class JsonParsers {

	/** How deeply a document may be nested, in levels. */
	public static final int MAX_DEPTH = 1000;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	private JsonParsers() {
	}

	/**
	 * Makes a parser.
	 * @param document holds the document; not copied
	 * @param offset where it begins
	 * @param length its size, in bytes
	 * @return the parser, before the first token; its offsets count from {@code offset}
	 */
	public static JsonParser create(byte[] document, int offset, int length) {
		return FACTORY.createParser(ObjectReadContext.empty(), document, offset, length);
	}

}
