package io.memoryrouter.keys;

/**
 * A key cannot be made or changed as it is asked for. The message is fit for the caller's
 * eyes.
 */
public final class InvalidKeyException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String property;

	/**
	 * Makes the exception.
	 * @param property what of the key is wrong, as {@link KeyRecord} calls it
	 * @param message what is wrong with it
	 */
	public InvalidKeyException(String property, String message) {
		super(message);
		this.property = property;
	}

	/**
	 * What of the key is wrong.
	 * @return the property, as {@link KeyRecord} calls it
	 */
	public String property() {
		return this.property;
	}

}
