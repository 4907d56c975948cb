/**
 * The embedded store: memories and keys in one SQLite database, in a folder that one
 * process owns.
 */
@NullMarked
package io.memoryrouter.memory.embedded;

import org.jspecify.annotations.NullMarked;
