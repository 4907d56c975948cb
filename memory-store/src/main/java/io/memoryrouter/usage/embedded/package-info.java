/**
 * Counts of usage in the embedded store's database.
 */
@NullMarked
package io.memoryrouter.usage.embedded;

import org.jspecify.annotations.NullMarked;
