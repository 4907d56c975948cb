/**
 * Memory Keys: their form, what they stand for, how they are checked and issued.
 */
@NullMarked
package io.memoryrouter.keys;

import org.jspecify.annotations.NullMarked;
