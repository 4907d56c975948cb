package io.memoryrouter.gateway.chat.body;

/**
 * One change of a body: some bytes go, others come in their place.
 *
 * @param offset where, in bytes of the body as it came
 * @param length how many bytes go
 * @param replacement the bytes that come
 */
public record Edit(int offset, int length, byte[] replacement) {

}
