package io.memoryrouter.gateway.chat.stream;

import java.util.Arrays;

/**
 * Bytes that are gathered up to a limit. Not thread-safe.
 */
public final class BoundedBytes implements ByteSink {

	private static final int INITIAL_CAPACITY = 512;

	/** A larger array is given back when its content is no longer needed. */
	private static final int KEPT_CAPACITY = 64 * 1024;

	private final int limit;

	private byte[] bytes;

	private int length;

	private boolean overflown;

	/**
	 * Starts empty.
	 * @param limit the greatest number of bytes to hold
	 */
	public BoundedBytes(int limit) {
		this.limit = limit;
		this.bytes = new byte[Math.min(limit, INITIAL_CAPACITY)];
	}

	/**
	 * Adds bytes as far as there is room.
	 */
	@Override
	public void accept(byte[] source, int offset, int count) {
		int taken = Math.min(count, this.limit - this.length);
		this.overflown |= taken < count;
		if (taken > this.bytes.length - this.length) {
			int capacity = (int) Math.min(this.limit, Math.max(2L * this.bytes.length, this.length + (long) taken));
			this.bytes = Arrays.copyOf(this.bytes, capacity);
		}
		System.arraycopy(source, offset, this.bytes, this.length, taken);
		this.length += taken;
	}

	/**
	 * Forgets everything.
	 */
	public void clear() {
		this.length = 0;
		this.overflown = false;
		if (this.bytes.length > KEPT_CAPACITY) {
			this.bytes = new byte[INITIAL_CAPACITY];
		}
	}

	/**
	 * What holds the bytes, from index 0 on.
	 * @return the array, not a copy
	 */
	public byte[] array() {
		return this.bytes;
	}

	/**
	 * How many bytes are held.
	 * @return the number
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Whether bytes were left out because of the limit.
	 * @return whether
	 */
	public boolean isOverflown() {
		return this.overflown;
	}

	/**
	 * Whether from an index on there is exactly this text.
	 * @param start the index
	 * @param text the text, in ASCII
	 * @return whether
	 */
	boolean equalsFrom(int start, byte[] text) {
		return Arrays.equals(this.bytes, Math.min(start, this.length), this.length, text, 0, text.length);
	}

}
