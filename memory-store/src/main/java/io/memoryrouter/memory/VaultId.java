package io.memoryrouter.memory;

import java.util.regex.Pattern;

/**
 * Names a vault: the boundary inside which memories are stored and searched. Nothing is
 * ever read across it, so every call of a {@link MemoryStore} takes one.
 *
 * @param value 1 to 64 characters of {@code [A-Za-z0-9_-]}
 */
public record VaultId(String value) {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	/**
	 * Checks the form.
	 * @throws IllegalArgumentException if {@code value} is not of the documented form
	 */
	public VaultId {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("A vault id is 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
