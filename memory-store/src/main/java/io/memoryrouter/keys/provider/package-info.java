/**
 * The providers' keys that accounts have stored: encrypted at rest, decrypted for a call.
 */
@NullMarked
package io.memoryrouter.keys.provider;

import org.jspecify.annotations.NullMarked;
