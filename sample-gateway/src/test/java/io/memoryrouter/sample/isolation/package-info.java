/**
 * What holds for every endpoint of this product's own, asked of a running gateway: it
 * tells and changes nothing of another's, whatever it is sent. The endpoints stand in a
 * table.
 */
@NullMarked
package io.memoryrouter.sample.isolation;

import org.jspecify.annotations.NullMarked;
