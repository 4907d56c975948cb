/**
 * What tests of several packages share.
 */
@NullMarked
package io.memoryrouter.testing;

import org.jspecify.annotations.NullMarked;
