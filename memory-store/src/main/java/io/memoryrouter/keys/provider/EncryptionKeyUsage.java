package io.memoryrouter.keys.provider;

/**
 * How far a set of encryption keys is in use.
 *
 * @param id the key's {@code kid}
 * @param current whether it is the one that encrypts
 * @param known whether it is in the set; what an unknown key encrypted cannot be
 * decrypted
 * @param storedKeys how many stored keys it alone decrypts
 */
public record EncryptionKeyUsage(String id, boolean current, boolean known, long storedKeys) {

	/**
	 * Whether nothing needs it any more.
	 * @return whether it may be taken out of the set
	 */
	public boolean isRemovable() {
		return this.known && !this.current && this.storedKeys == 0;
	}

}
