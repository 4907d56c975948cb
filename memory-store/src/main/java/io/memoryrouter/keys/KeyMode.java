package io.memoryrouter.keys;

/**
 * What a request may do with memory: retrieve, store, both or neither.
 */
public enum KeyMode {

	/** Retrieve and store: a key without a suffix. */
	ON(true, true),

	/** Retrieve only: {@code :read}. */
	READ(true, false),

	/** Store only: {@code :write}. */
	WRITE(false, true),

	/** Neither: {@code :off}. */
	OFF(false, false);

	private final boolean retrieves;

	private final boolean stores;

	KeyMode(boolean retrieves, boolean stores) {
		this.retrieves = retrieves;
		this.stores = stores;
	}

	/**
	 * Whether memories may be put into the request.
	 * @return {@code true} if so
	 */
	public boolean retrieves() {
		return this.retrieves;
	}

	/**
	 * Whether the exchange may be stored.
	 * @return {@code true} if so
	 */
	public boolean stores() {
		return this.stores;
	}

	/**
	 * What both modes allow.
	 * @param other the other mode
	 * @return the intersection
	 */
	public KeyMode and(KeyMode other) {
		return of(this.retrieves && other.retrieves, this.stores && other.stores);
	}

	/**
	 * The mode of two permissions.
	 * @param retrieves whether memories may be retrieved
	 * @param stores whether exchanges may be stored
	 * @return the mode
	 */
	public static KeyMode of(boolean retrieves, boolean stores) {
		if (retrieves) {
			return stores ? ON : READ;
		}
		return stores ? WRITE : OFF;
	}

}
