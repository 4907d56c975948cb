/**
 * Memory Keys and the administrator's token in the embedded database.
 */
@NullMarked
package io.memoryrouter.keys.embedded;

import org.jspecify.annotations.NullMarked;
