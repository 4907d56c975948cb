package io.memoryrouter.memory.autoconfigure;

import java.util.List;

import io.memoryrouter.keys.provider.EncryptionKeyRotation;
import io.memoryrouter.keys.provider.EncryptionKeyUsage;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Says of each encryption key how many stored provider keys need it, and whether it may
 * be taken out of the set. It shows the names of keys alone.
 */
@Endpoint(id = "encryptionkeys")
final class EncryptionKeysEndpoint {

	private final EncryptionKeyRotation rotation;

	EncryptionKeysEndpoint(EncryptionKeyRotation rotation) {
		this.rotation = rotation;
	}

	/**
	 * Looks at all keys.
	 * @return the keys of the set in its order, then those that are missing in it
	 */
	@ReadOperation
	Mono<KeysDescriptor> keys() {
		return this.rotation.usage().map((keys) -> new KeysDescriptor(keys.stream().map(KeyDescriptor::of).toList()));
	}

	/**
	 * All keys.
	 *
	 * @param keys the keys
	 */
	record KeysDescriptor(List<KeyDescriptor> keys) {

	}

	/**
	 * A key.
	 *
	 * @param kid its name
	 * @param current whether it is the one that encrypts
	 * @param known whether it is in the set
	 * @param storedKeys how many stored keys it alone decrypts
	 * @param removable whether it may be taken out of the set
	 */
	record KeyDescriptor(String kid, boolean current, boolean known, long storedKeys, boolean removable) {

		static KeyDescriptor of(EncryptionKeyUsage usage) {
			return new KeyDescriptor(usage.id(), usage.current(), usage.known(), usage.storedKeys(),
					usage.isRemovable());
		}

	}

}
