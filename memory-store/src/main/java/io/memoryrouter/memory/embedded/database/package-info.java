/**
 * One SQLite database in a folder that one process owns: opening and migrating it, one
 * writer that commits in groups, readers beside it. The tables are in {@code migration}.
 */
@NullMarked
package io.memoryrouter.memory.embedded.database;

import org.jspecify.annotations.NullMarked;
