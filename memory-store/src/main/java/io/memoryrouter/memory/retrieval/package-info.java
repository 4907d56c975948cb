/**
 * From a vault to an ordered, budgeted recall, whatever the store behind: an index in
 * memory that follows a vault's log, the ranking of words and vectors, and the choice of
 * what is worth a place in the prompt.
 */
@NullMarked
package io.memoryrouter.memory.retrieval;

import org.jspecify.annotations.NullMarked;
