package io.memoryrouter.keys.encryption;

import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys that encrypt stored secrets: a JWK set (RFC 7517) of 256-bit {@code oct} keys.
 * The first encrypts, all decrypt. {@link #toString()} shows their ids only.
 */
public final class EncryptionKeys {

	private static final int KEY_BITS = 256;

	private static final int MAX_KEYS = 100;

	private static final int MAX_ID_LENGTH = 200;

	private static final EncryptionKeys NONE = new EncryptionKeys(new LinkedHashMap<>());

	private final Map<String, OctetSequenceKey> keys;

	private EncryptionKeys(Map<String, OctetSequenceKey> keys) {
		this.keys = Collections.unmodifiableMap(keys);
	}

	/**
	 * No keys: nothing can be encrypted.
	 * @return the empty set
	 */
	public static EncryptionKeys none() {
		return NONE;
	}

	/**
	 * Reads a set.
	 * @param json the JWK set. A key without {@code kid} is named by its thumbprint (RFC
	 * 7638)
	 * @param origin where the set is, for messages
	 * @return the keys, one at least
	 * @throws InvalidEncryptionKeysException if it is no such set
	 */
	public static EncryptionKeys parse(String json, String origin) {
		try {
			return of(JWKSet.parse(json), origin);
		}
		catch (ParseException ex) {
			throw invalid(origin, "is no JWK set: {\"keys\":[{\"kty\":\"oct\",\"kid\":\"…\",\"k\":\"…\"}]}");
		}
	}

	private static EncryptionKeys of(JWKSet set, String origin) {
		if (set.getKeys().isEmpty() || set.getKeys().size() > MAX_KEYS) {
			throw invalid(origin, "has to hold 1 to " + MAX_KEYS + " keys");
		}
		Map<String, OctetSequenceKey> keys = new LinkedHashMap<>();
		for (JWK jwk : set.getKeys()) {
			OctetSequenceKey key = check(jwk, keys.size() + 1, origin);
			if (keys.put(id(key, keys.size() + 1, origin), key) != null) {
				throw invalid(origin, "has two keys of one 'kid'");
			}
		}
		return new EncryptionKeys(keys);
	}

	private static OctetSequenceKey check(JWK jwk, int number, String origin) {
		if (!(jwk instanceof OctetSequenceKey key) || key.size() != KEY_BITS) {
			throw invalid(origin,
					"has to hold keys of the type 'oct' and 256 bits alone; key " + number + " is another");
		}
		if (KeyUse.SIGNATURE.equals(key.getKeyUse())) {
			throw invalid(origin, "has a key for signatures; key " + number + " cannot encrypt");
		}
		return key;
	}

	private static String id(OctetSequenceKey key, int number, String origin) {
		String id = key.getKeyID();
		if (id == null) {
			return thumbprint(key);
		}
		if (id.isBlank() || id.length() > MAX_ID_LENGTH || !id.chars().allMatch((c) -> c >= ' ' && c < 0x7f)) {
			throw invalid(origin, "has to name each key by a 'kid' of 1 to " + MAX_ID_LENGTH
					+ " printable characters; that of key " + number + " is another");
		}
		return id;
	}

	private static String thumbprint(OctetSequenceKey key) {
		try {
			return key.computeThumbprint().toString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static InvalidEncryptionKeysException invalid(String origin, String reason) {
		return new InvalidEncryptionKeysException(origin + " " + reason, null);
	}

	/**
	 * Makes a set of one new key.
	 * @param id the key's name
	 * @param random a cryptographically strong source
	 * @return the JWK set, as JSON
	 */
	public static String generate(String id, SecureRandom random) {
		byte[] secret = new byte[KEY_BITS / Byte.SIZE];
		random.nextBytes(secret);
		return "{\"keys\":[{\"kty\":\"oct\",\"use\":\"enc\",\"alg\":\"dir\",\"kid\":\"" + id + "\",\"k\":\""
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\"}]}\n";
	}

	/**
	 * The name of the key that encrypts.
	 * @return its {@code kid}
	 * @throws MissingEncryptionKeysException if there is none
	 */
	public String currentId() {
		if (this.keys.isEmpty()) {
			throw new MissingEncryptionKeysException();
		}
		return this.keys.keySet().iterator().next();
	}

	/**
	 * The names of all keys, the one that encrypts first.
	 * @return each {@code kid}
	 */
	public Set<String> ids() {
		return this.keys.keySet();
	}

	@Nullable OctetSequenceKey find(String id) {
		return this.keys.get(id);
	}

	@Override
	public String toString() {
		return "EncryptionKeys" + ids();
	}

}
