/**
 * Encryption of the secrets that have to be kept: the keys that encrypt, where these are,
 * and the form of what they encrypt (JWE).
 */
@NullMarked
package io.memoryrouter.keys.encryption;

import org.jspecify.annotations.NullMarked;
