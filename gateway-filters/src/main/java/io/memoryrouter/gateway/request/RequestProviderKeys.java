package io.memoryrouter.gateway.request;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.provider.ProviderKey;

/**
 * Reads the providers' keys that come with requests.
 */
public final class RequestProviderKeys {

	private RequestProviderKeys() {
	}

	/**
	 * Reads a key.
	 * @param secret the key
	 * @param place where it stood, for the error's message
	 * @return the key
	 * @throws ApiException if it cannot be anyone's: it holds a space or is not printable
	 * ASCII, or it is a Memory Key
	 */
	public static ProviderKey read(String secret, String place) {
		if (!ProviderKey.isWellFormed(secret)) {
			throw ApiException.unauthorized("invalid_provider_key",
					"'" + place + "' has to hold a provider's key: printable ASCII, and not a Memory Key");
		}
		return new ProviderKey(secret);
	}

}
