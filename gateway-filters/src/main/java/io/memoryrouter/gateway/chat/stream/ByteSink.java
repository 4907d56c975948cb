package io.memoryrouter.gateway.chat.stream;

/**
 * Takes bytes, piece by piece.
 */
@FunctionalInterface
public interface ByteSink {

	/**
	 * Takes the next bytes.
	 * @param bytes holds them; only to be used during the call
	 * @param offset where they begin
	 * @param length how many there are
	 */
	void accept(byte[] bytes, int offset, int length);

}
