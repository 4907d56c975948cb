package io.memoryrouter.gateway.api.memories.transfer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Splits one body into lines, however it comes in. Holds one unfinished line at most, and
 * of one that is too long nothing.
 */
final class LineSplitter {

	private static final byte NEWLINE = '\n';

	private static final int MAX_LINES_AT_ONCE = 200;

	private final int maxLines;

	private final int maxLength;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private boolean begun;

	private boolean tooLong;

	private boolean tooMany;

	private int number;

	/**
	 * Makes a splitter for one body.
	 * @param maxLines the greatest number of lines
	 * @param maxLength the greatest length of a line, in bytes
	 */
	LineSplitter(int maxLines, int maxLength) {
		this.maxLines = maxLines;
		this.maxLength = maxLength;
	}

	/**
	 * Splits. Lines that came in together are together, so that none waits for another
	 * that is still on its way.
	 * @param body the body; each buffer is released. It is cancelled where one line too
	 * many begins
	 * @return the lines, a few at a time, as they are asked for
	 */
	Flux<List<UploadLine>> split(Flux<DataBuffer> body) {
		return body.map(this::read)
			.takeUntil((lines) -> this.tooMany)
			.concatWith(Mono.fromSupplier(this::end))
			.concatMap((lines) -> Flux.fromIterable(lines).buffer(MAX_LINES_AT_ONCE), 1);
	}

	/**
	 * Whether there is more than was split. Known when the lines have ended.
	 * @return whether the body has more lines than are allowed
	 */
	boolean hasTooMany() {
		return this.tooMany;
	}

	private List<UploadLine> read(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return read(bytes);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private List<UploadLine> read(byte[] bytes) {
		List<UploadLine> lines = new ArrayList<>();
		int start = 0;
		while (start < bytes.length) {
			if (this.number == this.maxLines) {
				this.tooMany = true;
				return lines;
			}
			int end = indexOfNewline(bytes, start);
			if (end < 0) {
				add(bytes, start, bytes.length);
				return lines;
			}
			add(bytes, start, end);
			lines.add(finish());
			start = end + 1;
		}
		return lines;
	}

	private static int indexOfNewline(byte[] bytes, int start) {
		for (int i = start; i < bytes.length; i++) {
			if (bytes[i] == NEWLINE) {
				return i;
			}
		}
		return -1;
	}

	private void add(byte[] bytes, int start, int end) {
		this.begun = true;
		if (this.tooLong || this.line.size() + (end - start) > this.maxLength) {
			this.tooLong = true;
			this.line.reset();
			return;
		}
		this.line.write(bytes, start, end - start);
	}

	private UploadLine finish() {
		byte @Nullable [] bytes = this.tooLong ? null : this.line.toByteArray();
		this.line.reset();
		this.tooLong = false;
		this.begun = false;
		this.number++;
		return new UploadLine(this.number, bytes);
	}

	/** The last line needs no end. */
	private List<UploadLine> end() {
		return this.begun ? List.of(finish()) : List.of();
	}

}
