/**
 * The contract that every store of usage passes.
 */
package io.memoryrouter.usage.tck;
