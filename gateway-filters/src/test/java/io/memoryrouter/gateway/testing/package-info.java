/**
 * What the tests of the filters share: a gateway, a provider that does as it is told, and
 * a memory that counts its calls.
 */
@NullMarked
package io.memoryrouter.gateway.testing;

import org.jspecify.annotations.NullMarked;
