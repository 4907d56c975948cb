package io.memoryrouter.gateway.conformance;

import java.io.IOException;
import java.util.Arrays;

import io.memoryrouter.gateway.testing.Bytes;
import io.memoryrouter.gateway.testing.ScriptedProvider;

/**
 * How a provider and the network deliver an answer.
 */
enum Delivery {

	/** In pieces of one byte: split inside characters, field names, marks, everything. */
	BYTE_BY_BYTE(false, 1, Framing.CHUNKED),

	/** In pieces that fall differently on each event. */
	PIECES_OF_SEVEN(false, 7, Framing.CHUNKED),

	/** In one piece. */
	AT_ONCE(false, Integer.MAX_VALUE, Framing.CHUNKED),

	/** With its length said before. */
	KNOWN_LENGTH(false, 64, Framing.LENGTH),

	/** Ended by the end of the connection. */
	UNTIL_CLOSE(false, 64, Framing.CLOSE),

	/** Compressed, and split inside what is compressed. */
	GZIPPED_BYTE_BY_BYTE(true, 1, Framing.CHUNKED),

	/** Compressed, in one piece. */
	GZIPPED_AT_ONCE(true, Integer.MAX_VALUE, Framing.LENGTH);

	/** The most pieces that an answer is sent in. */
	private static final int MAX_PIECES = 2000;

	private final boolean gzipped;

	private final int size;

	private final Framing framing;

	Delivery(boolean gzipped, int size, Framing framing) {
		this.gzipped = gzipped;
		this.size = size;
		this.framing = framing;
	}

	/**
	 * What goes over the wire.
	 * @param answer the answer
	 * @return its bytes, encoded
	 */
	byte[] encode(AnswerCase answer) {
		return this.gzipped ? Bytes.gzip(answer.bytes()) : answer.bytes();
	}

	boolean isGzipped() {
		return this.gzipped;
	}

	/**
	 * Sends an answer.
	 * @param connection where to
	 * @param contentType its type
	 * @param body its bytes, encoded
	 */
	void send(ScriptedProvider.Connection connection, String contentType, byte[] body) throws IOException {
		connection.write("HTTP/1.1 200 OK\r\nX-Request-Id: req_1\r\nContent-Type: " + contentType + "\r\n"
				+ (this.gzipped ? "Content-Encoding: gzip\r\n" : "") + this.framing.header(body)
				+ "Connection: close\r\n\r\n");
		int step = Math.max(this.size, body.length / MAX_PIECES);
		for (int start = 0; start < body.length; start += step) {
			int end = (int) Math.min(body.length, (long) start + step);
			byte[] piece = Arrays.copyOfRange(body, start, end);
			if (this.framing == Framing.CHUNKED) {
				connection.chunk(piece);
			}
			else {
				connection.write(piece);
			}
			if (end == body.length) {
				break;
			}
		}
		if (this.framing == Framing.CHUNKED) {
			connection.end();
		}
	}

	private enum Framing {

		CHUNKED, LENGTH, CLOSE;

		String header(byte[] body) {
			return switch (this) {
				case CHUNKED -> "Transfer-Encoding: chunked\r\n";
				case LENGTH -> "Content-Length: " + body.length + "\r\n";
				case CLOSE -> "";
			};
		}

	}

}
