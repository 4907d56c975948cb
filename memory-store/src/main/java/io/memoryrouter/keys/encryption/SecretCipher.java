package io.memoryrouter.keys.encryption;

import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets as compact JWE (RFC 7516) with {@code dir} and {@code A256GCM}.
 * <p>
 * A secret is bound to what it is for: the binding stands in the protected header, which
 * AES-GCM authenticates, and has to be the same when the secret is decrypted. What is
 * copied to another place does not decrypt there.
 */
public final class SecretCipher {

	private final EncryptionKeySource source;

	/**
	 * Makes a cipher.
	 * @param source knows the keys
	 */
	public SecretCipher(EncryptionKeySource source) {
		this.source = source;
	}

	/**
	 * Encrypts, with the first key. May block for randomness.
	 * @param secret the secret
	 * @param binding what it is for
	 * @return what may be stored
	 * @throws MissingEncryptionKeysException if there is no key
	 */
	public Encrypted encrypt(String secret, Map<String, String> binding) {
		EncryptionKeys keys = this.source.keys();
		String id = keys.currentId();
		OctetSequenceKey key = require(keys.find(id), id);
		JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID(id);
		binding.forEach(header::customParam);
		try {
			JWEObject jwe = new JWEObject(header.build(), new Payload(secret));
			jwe.encrypt(new DirectEncrypter(key));
			return new Encrypted(jwe.serialize(), id);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Every Java platform has AES-GCM", ex);
		}
	}

	/**
	 * Decrypts. A key that is not known is looked for anew, which may block.
	 * @param jwe what was stored
	 * @param binding what it is for
	 * @return the secret
	 * @throws UndecryptableSecretException if the key is not there, the binding is
	 * another, or it was changed
	 */
	public String decrypt(String jwe, Map<String, String> binding) {
		JWEObject object = parse(jwe);
		OctetSequenceKey key = key(object.getHeader().getKeyID());
		try {
			object.decrypt(new DirectDecrypter(key));
		}
		catch (JOSEException ex) {
			throw new UndecryptableSecretException("It was not encrypted with the key of that name, or was changed",
					ex);
		}
		binding.forEach((name, value) -> {
			if (!value.equals(object.getHeader().getCustomParam(name))) {
				throw new UndecryptableSecretException("It was encrypted for something else", null);
			}
		});
		return object.getPayload().toString();
	}

	private static JWEObject parse(String jwe) {
		try {
			JWEObject object = JWEObject.parse(jwe);
			JWEHeader header = object.getHeader();
			if (JWEAlgorithm.DIR.equals(header.getAlgorithm())
					&& EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
					&& header.getCompressionAlgorithm() == null) {
				return object;
			}
		}
		catch (ParseException ex) {
			throw new UndecryptableSecretException("It is no JWE", ex);
		}
		throw new UndecryptableSecretException("It is a JWE of another kind", null);
	}

	private OctetSequenceKey key(@Nullable String id) {
		if (id == null) {
			throw new UndecryptableSecretException("It does not name its key", null);
		}
		OctetSequenceKey key = this.source.keys().find(id);
		if (key == null) {
			// Another replica may have read the new set first.
			this.source.refresh();
			key = this.source.keys().find(id);
		}
		return require(key, id);
	}

	private static OctetSequenceKey require(@Nullable OctetSequenceKey key, String id) {
		if (key == null) {
			throw new UndecryptableSecretException("The encryption key '" + id + "' is not in the set", null);
		}
		return key;
	}

	/**
	 * An encrypted secret.
	 *
	 * @param jwe the secret, as compact JWE
	 * @param keyId the key that decrypts it
	 */
	public record Encrypted(String jwe, String keyId) {

	}

}
