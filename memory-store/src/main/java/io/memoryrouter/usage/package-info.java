/**
 * How much was used: requests, tokens and memories by account, key, provider, model and
 * day. Counted in the memory of the process and added to a store every few seconds.
 */
@NullMarked
package io.memoryrouter.usage;

import org.jspecify.annotations.NullMarked;
