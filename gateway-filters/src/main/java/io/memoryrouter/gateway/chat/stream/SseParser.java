package io.memoryrouter.gateway.chat.stream;

import java.nio.charset.StandardCharsets;

/**
 * Parses server-sent events (WHATWG HTML, section 9.2.6) from pieces of any size: lines
 * that end with LF, CR or CRLF, comments, data of several lines, a byte order mark. Only
 * data is looked at: the families of dialects repeat an event's name in it. Of an event
 * that is larger than the limit only the beginning is told. Not thread-safe.
 */
public final class SseParser implements ByteSink {

	private static final byte[] DATA = { 'd', 'a', 't', 'a' };

	private static final byte[] LINE_FEED = { '\n' };

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xef, (byte) 0xbb, (byte) 0xbf };

	private final ByteSink events;

	private final ByteSink beginnings;

	private final BoundedBytes line;

	private final BoundedBytes data;

	private int dataLines;

	private boolean oversized;

	private boolean afterCarriageReturn;

	private boolean firstLine = true;

	/**
	 * Starts at the beginning of a stream.
	 * @param events takes the data of each event, whole
	 * @param beginnings takes what is held of the data of an event that is too large
	 * @param maxEventBytes the greatest size of a line, and of an event's data
	 */
	public SseParser(ByteSink events, ByteSink beginnings, int maxEventBytes) {
		this.events = events;
		this.beginnings = beginnings;
		this.line = new BoundedBytes(maxEventBytes);
		this.data = new BoundedBytes(maxEventBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		int start = offset;
		for (int i = offset; i < offset + length; i++) {
			byte character = bytes[i];
			if (character == '\n' || character == '\r') {
				boolean secondHalf = character == '\n' && this.afterCarriageReturn && i == start
						&& this.line.length() == 0;
				if (!secondHalf) {
					this.line.accept(bytes, start, i - start);
					endLine();
				}
				this.afterCarriageReturn = character == '\r';
				start = i + 1;
			}
		}
		this.line.accept(bytes, start, offset + length - start);
	}

	/**
	 * Ends the stream: what came last counts, even if the empty line behind it is
	 * missing.
	 */
	public void finish() {
		endLine();
		endEvent();
	}

	/**
	 * Whether the event that is coming in consists of this data so far, even if its line
	 * has not ended yet. A client may act on it already.
	 * @param text the data, in ASCII, one line
	 * @return whether
	 */
	public boolean isPending(String text) {
		byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
		if (this.dataLines == 0) {
			return isData() && this.line.equalsFrom(valueStart(), expected);
		}
		return this.dataLines == 1 && this.line.length() == 0 && this.data.equalsFrom(0, expected);
	}

	private void endLine() {
		if (this.line.length() == 0) {
			endEvent();
		}
		else if (isData() && !this.oversized) {
			if (this.dataLines++ > 0) {
				this.data.accept(LINE_FEED, 0, 1);
			}
			int start = Math.min(valueStart(), this.line.length());
			this.data.accept(this.line.array(), start, this.line.length() - start);
			this.oversized |= this.line.isOverflown() || this.data.isOverflown();
		}
		this.line.clear();
		this.firstLine = false;
	}

	private void endEvent() {
		if (this.oversized) {
			this.beginnings.accept(this.data.array(), 0, this.data.length());
		}
		else if (this.dataLines > 0) {
			this.events.accept(this.data.array(), 0, this.data.length());
		}
		this.data.clear();
		this.dataLines = 0;
		this.oversized = false;
	}

	private boolean isData() {
		int start = lineStart();
		if (!startsWith(start, DATA)) {
			return false;
		}
		int end = start + DATA.length;
		return this.line.length() == end || this.line.array()[end] == ':';
	}

	private int valueStart() {
		int start = lineStart() + DATA.length + 1;
		return (start < this.line.length() && this.line.array()[start] == ' ') ? start + 1 : start;
	}

	private int lineStart() {
		return (this.firstLine && startsWith(0, BYTE_ORDER_MARK)) ? BYTE_ORDER_MARK.length : 0;
	}

	private boolean startsWith(int start, byte[] prefix) {
		if (this.line.length() - start < prefix.length) {
			return false;
		}
		for (int i = 0; i < prefix.length; i++) {
			if (this.line.array()[start + i] != prefix[i]) {
				return false;
			}
		}
		return true;
	}

}
