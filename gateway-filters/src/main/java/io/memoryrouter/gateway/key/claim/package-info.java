/**
 * Users whom an identity provider knows: its token names their vault, and no Memory Key
 * is needed.
 */
@NullMarked
package io.memoryrouter.gateway.key.claim;

import org.jspecify.annotations.NullMarked;
