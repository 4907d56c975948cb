/**
 * How much of what a question needs is recalled: question sets with known evidence are
 * replayed into vaults, asked, and scored.
 */
@NullMarked
package io.memoryrouter.benchmarks.eval;

import org.jspecify.annotations.NullMarked;
