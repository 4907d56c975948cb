package io.memoryrouter.memory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Names a vault: the boundary inside which memories are stored and searched. Nothing is
 * ever read across it, so every call of a {@link MemoryStore} takes one.
 *
 * @param value 1 to 64 characters of {@code [A-Za-z0-9_-]}
 */
public record VaultId(String value) {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private static final String DERIVED = "derived_";

	private static final Pattern DERIVED_FORM = Pattern.compile(DERIVED + "[A-Za-z0-9_-]{43}");

	/**
	 * Checks the form.
	 * @throws IllegalArgumentException if {@code value} is not of the documented form
	 */
	public VaultId {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("A vault id is 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'");
		}
	}

	/**
	 * The vault of somebody whom another system knows by names of its own: always the
	 * same for the same names, another for others, and it does not tell them. It is the
	 * SHA-256 of the names in UTF-8, each after its length, so that no names run into
	 * each other.
	 * @param names what tells them apart from everybody else, in this order
	 * @return the vault, one for which {@link #isDerived()} holds
	 * @throws IllegalArgumentException if a name holds half a surrogate pair: it has no
	 * encoding of its own
	 */
	public static VaultId derivedFrom(String... names) {
		MessageDigest digest = MemoryIds.sha256();
		for (String name : names) {
			ByteBuffer bytes = encode(name);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.remaining()).flip());
			digest.update(bytes);
		}
		return new VaultId(DERIVED + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
	}

	private static ByteBuffer encode(String name) {
		try {
			return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("A name is no Unicode", ex);
		}
	}

	/**
	 * Whether this is the form of a vault that is {@linkplain #derivedFrom derived}: it
	 * belongs to whom it is derived from, and no key is made for it.
	 * @return whether
	 */
	public boolean isDerived() {
		return DERIVED_FORM.matcher(this.value).matches();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
