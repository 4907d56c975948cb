package io.memoryrouter.gateway.key;

/**
 * A request's Memory Key is missing, or it is not valid. Unknown, revoked and expired
 * keys are not told apart.
 */
public final class MemoryKeyNotAcceptedException extends RuntimeException {

	private final boolean missing;

	private MemoryKeyNotAcceptedException(boolean missing) {
		super(missing ? "No Memory Key" : "The Memory Key is not valid", null, false, false);
		this.missing = missing;
	}

	static MemoryKeyNotAcceptedException missing() {
		return new MemoryKeyNotAcceptedException(true);
	}

	static MemoryKeyNotAcceptedException invalid() {
		return new MemoryKeyNotAcceptedException(false);
	}

	/**
	 * Whether the request has no key at all.
	 * @return {@code false} if it has one that is not valid
	 */
	public boolean isMissing() {
		return this.missing;
	}

}
