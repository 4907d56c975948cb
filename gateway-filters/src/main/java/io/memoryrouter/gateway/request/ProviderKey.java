package io.memoryrouter.gateway.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.MemoryKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A provider's secret key. It is not shown by {@link #toString()}.
 */
public final class ProviderKey {

	private final String secret;

	public ProviderKey(String secret) {
		Assert.hasText(secret, "A provider key is not empty");
		this.secret = secret;
	}

	/**
	 * A key that came with a request.
	 * @param secret the key
	 * @param place where it stood, for the error's message
	 * @return the key
	 * @throws ApiException if it cannot be anyone's: it holds a space or is not printable
	 * ASCII, or it is a Memory Key
	 */
	public static ProviderKey ofRequest(String secret, String place) {
		if (secret.isEmpty() || !secret.chars().allMatch((c) -> c > ' ' && c < 0x7f) || MemoryKey.isMeantBy(secret)) {
			throw ApiException.unauthorized("invalid_provider_key",
					"'" + place + "' has to hold a provider's key: printable ASCII, and not a Memory Key");
		}
		return new ProviderKey(secret);
	}

	/**
	 * The key itself: for the one header that carries it to the provider.
	 * @return the secret
	 */
	public String reveal() {
		return this.secret;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ProviderKey key
				&& MessageDigest.isEqual(bytes(), key.secret.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public int hashCode() {
		return this.secret.hashCode();
	}

	private byte[] bytes() {
		return this.secret.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "***";
	}

}
