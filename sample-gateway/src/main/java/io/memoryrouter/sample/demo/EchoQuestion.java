package io.memoryrouter.sample.demo;

import java.util.List;

/**
 * What was asked, and what was handed along, whatever the dialect.
 *
 * @param model the model that is to answer
 * @param texts the texts of the instructions and messages, in the order in which they
 * stand
 * @param delivery how the answer is to come
 * @param streamsUsage whether a stream is to tell the usage
 */
record EchoQuestion(String model, List<String> texts, Delivery delivery, boolean streamsUsage) {

	EchoQuestion {
		texts = List.copyOf(texts);
	}

	/** How an answer comes. */
	enum Delivery {

		/** As one JSON document. */
		DOCUMENT,

		/** As server-sent events. */
		EVENTS,

		/** As a growing JSON array of what would be the data of events. */
		ARRAY

	}

}
