package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;

import static io.memoryrouter.gateway.testing.Bytes.bytes;

/**
 * Answers as they reach an {@link AnswerReader}: their headers, and their bytes in
 * buffers.
 */
final class Answers {

	/** The most that the readers of the tests remember. */
	static final int LIMIT = 10_000;

	private Answers() {
	}

	static HttpHeaders stream() {
		return ofType("text/event-stream; charset=utf-8");
	}

	static HttpHeaders json() {
		return ofType("application/json");
	}

	static HttpHeaders ofType(String contentType) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, contentType);
		return headers;
	}

	static HttpHeaders gzipped(HttpHeaders headers) {
		headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
		return headers;
	}

	static DataBuffer buffer(byte[] bytes, int start, int end) {
		return DefaultDataBufferFactory.sharedInstance.allocateBuffer(16).write(bytes, start, end - start);
	}

	/** Lets a reader read a text, in one buffer. */
	static boolean read(AnswerReader reader, String text) {
		return reader.read(buffer(bytes(text), 0, bytes(text).length));
	}

}
