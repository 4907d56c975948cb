package io.memoryrouter.gateway.chat.stream;

/**
 * Finds the elements of a JSON array that arrives in pieces of any size. Only the
 * structure is looked at, brackets and the quotes between which they do not count;
 * whether an element is well-formed is for its reader to say. Elements that are neither
 * objects nor arrays are passed over, and so are those larger than the limit. Not
 * thread-safe.
 */
public final class JsonArrayParser implements ByteSink {

	private final ByteSink elements;

	private final BoundedBytes element;

	/** 0 outside the array, 1 between its elements, more inside of one. */
	private int depth;

	private boolean inString;

	private boolean escaped;

	private boolean ended;

	private boolean lost;

	/**
	 * Starts before the array.
	 * @param elements takes each element, whole, as soon as it is there
	 * @param maxElementBytes the greatest size of an element
	 */
	public JsonArrayParser(ByteSink elements, int maxElementBytes) {
		this.elements = elements;
		this.element = new BoundedBytes(maxElementBytes);
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		int start = offset;
		for (int i = offset; i < offset + length && !this.ended; i++) {
			int before = this.depth;
			read(bytes[i]);
			if (before == 1 && this.depth == 2) {
				start = i;
			}
			else if (before == 2 && this.depth == 1) {
				this.element.accept(bytes, start, i + 1 - start);
				endElement();
			}
		}
		if (this.depth > 1) {
			this.element.accept(bytes, start, offset + length - start);
		}
	}

	private void read(byte character) {
		if (this.inString) {
			readInString(character);
			return;
		}
		switch (character) {
			case '"' -> this.inString = this.depth > 0;
			case '[' -> this.depth++;
			case '{' -> this.depth += (this.depth > 0) ? 1 : 0;
			case ']' -> close();
			case '}' -> this.depth -= (this.depth > 1) ? 1 : 0;
			default -> {
				// Only what opens or closes something matters.
			}
		}
	}

	private void readInString(byte character) {
		if (this.escaped) {
			this.escaped = false;
		}
		else if (character == '\\') {
			this.escaped = true;
		}
		else if (character == '"') {
			this.inString = false;
		}
	}

	private void close() {
		this.ended = this.depth == 1;
		this.depth -= (this.depth > 0) ? 1 : 0;
	}

	private void endElement() {
		if (this.element.isOverflown()) {
			this.lost = true;
		}
		else {
			this.elements.accept(this.element.array(), 0, this.element.length());
		}
		this.element.clear();
	}

	/**
	 * Whether the array is closed. Nothing behind it is read.
	 * @return whether
	 */
	public boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Whether an element was passed over because it was too large.
	 * @return whether
	 */
	public boolean hasLost() {
		return this.lost;
	}

}
