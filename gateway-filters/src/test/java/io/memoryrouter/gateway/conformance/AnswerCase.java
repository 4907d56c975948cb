package io.memoryrouter.gateway.conformance;

/**
 * An answer of a provider.
 *
 * @param dialect whose answer it is
 * @param name its name
 * @param bytes the body
 * @param said the text that is to be stored
 * @param partial whether it is to be marked as partial
 */
record AnswerCase(ConformanceDialect dialect, String name, byte[] bytes, String said, boolean partial) {

	/**
	 * Whether variations are made of it.
	 * @return whether
	 */
	boolean isPlain() {
		return this.name.startsWith("plain.");
	}

	boolean isEventStream() {
		return this.name.contains(".sse");
	}

	/**
	 * Whether it answers a request for a stream.
	 * @return whether
	 */
	boolean isStream() {
		return isEventStream() || this.name.contains(".jsonarray");
	}

	String contentType() {
		return isEventStream() ? "text/event-stream; charset=utf-8" : "application/json; charset=UTF-8";
	}

	@Override
	public String toString() {
		return this.dialect + "/" + this.name;
	}

}
