package io.memoryrouter.memory;

/**
 * Names a conversation inside a vault.
 *
 * @param value 1 to 256 characters from U+0020 to U+007E that neither begin nor end with
 * a space
 */
public record SessionId(String value) {

	/** The greatest length, in characters. */
	public static final int MAX_LENGTH = 256;

	/**
	 * Checks the form.
	 * @throws IllegalArgumentException if {@code value} is not of the documented form;
	 * the message is fit for the caller's eyes
	 */
	public SessionId {
		if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch((c) -> c >= 0x20 && c <= 0x7e)) {
			throw new IllegalArgumentException("a session id is 1 to 256 printable ASCII characters");
		}
		if (value.startsWith(" ") || value.endsWith(" ")) {
			throw new IllegalArgumentException("a session id neither begins nor ends with a space");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
