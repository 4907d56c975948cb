package io.memoryrouter.gateway.chat.answer;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

import io.memoryrouter.gateway.chat.stream.ContentDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Copies each buffer, in small pieces, through the decoder of the answer's encoding to a
 * parser. What all dialects have in common of reading along.
 */
public final class TeeingAnswerReader implements AnswerReader {

	private static final int PIECE_BYTES = 4096;

	private final ContentDecoder decoder;

	private final AnswerParser parser;

	private final long contentLength;

	private byte[] piece = {};

	private long received;

	private boolean ended;

	private boolean finished;

	private TeeingAnswerReader(ContentDecoder decoder, AnswerParser parser, long contentLength) {
		this.decoder = decoder;
		this.parser = parser;
		this.contentLength = contentLength;
	}

	/**
	 * Starts to read an answer.
	 * @param headers its headers
	 * @param events makes what reads server-sent events
	 * @param json makes what reads JSON
	 * @return the reader; if the answer is neither, or its encoding is not known, one
	 * that captures nothing
	 */
	public static AnswerReader create(HttpHeaders headers, Supplier<AnswerParser> events, Supplier<AnswerParser> json) {
		long contentLength = contentLength(headers);
		AnswerParser parser = parser(headers, events, json);
		if (parser != null) {
			ContentDecoder decoder = ContentDecoder.of(headers.getFirst(HttpHeaders.CONTENT_ENCODING), parser);
			if (decoder != null) {
				return new TeeingAnswerReader(decoder, parser, contentLength);
			}
		}
		AnswerParser unread = new UnreadAnswer();
		return new TeeingAnswerReader(ContentDecoder.identity(unread), unread, contentLength);
	}

	private static @Nullable AnswerParser parser(HttpHeaders headers, Supplier<AnswerParser> events,
			Supplier<AnswerParser> json) {
		MediaType type = contentType(headers);
		if (type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM)) {
			return events.get();
		}
		boolean isJson = "application".equals(type.getType())
				&& (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
		return isJson ? json.get() : null;
	}

	private static MediaType contentType(HttpHeaders headers) {
		try {
			MediaType type = headers.getContentType();
			return (type != null) ? type : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

	private static long contentLength(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
		try {
			return (value != null) ? Long.parseLong(value) : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	@Override
	public boolean read(DataBuffer buffer) {
		this.received += buffer.readableByteCount();
		try (DataBuffer.ByteBufferIterator buffers = buffer.readableByteBuffers()) {
			while (buffers.hasNext()) {
				copy(buffers.next());
			}
		}
		if (this.ended || !(isComplete() || this.parser.hasEnded())) {
			return false;
		}
		this.ended = true;
		return true;
	}

	private void copy(ByteBuffer bytes) {
		while (bytes.hasRemaining()) {
			int length = Math.min(bytes.remaining(), PIECE_BYTES);
			if (length > this.piece.length) {
				this.piece = new byte[length];
			}
			bytes.get(this.piece, 0, length);
			this.decoder.accept(this.piece, 0, length);
		}
	}

	private boolean isComplete() {
		return this.received == this.contentLength;
	}

	@Override
	public void finish() {
		this.finished = true;
	}

	@Override
	public Answer answer() {
		if (!this.decoder.isBroken()) {
			return this.parser.answer(this.finished || isComplete());
		}
		Answer part = this.parser.answer(false);
		return new Answer(part.text(), part.complete(), true, part.failed(), part.usage());
	}

	@Override
	public void close() {
		this.decoder.close();
	}

}
