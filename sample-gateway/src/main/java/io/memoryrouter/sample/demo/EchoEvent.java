package io.memoryrouter.sample.demo;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a streamed answer.
 *
 * @param name the name of the event, or {@code null} if the dialect's events have none
 * @param data its data, on one line
 */
record EchoEvent(@Nullable String name, String data) {

	/**
	 * An event without a name.
	 * @param data what is written as its data
	 * @return the event
	 */
	static EchoEvent of(Object data) {
		return new EchoEvent(null, EchoJson.write(data));
	}

	/**
	 * The event as it is sent.
	 * @return the lines of the event and the empty one that ends it
	 */
	String serialize() {
		return ((this.name != null) ? "event: " + this.name + "\n" : "") + "data: " + this.data + "\n\n";
	}

}
