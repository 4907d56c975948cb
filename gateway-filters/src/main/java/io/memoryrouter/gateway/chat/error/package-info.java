/**
 * Errors of this product's own, in the forms that the providers' clients expect.
 */
@NullMarked
package io.memoryrouter.gateway.chat.error;

import org.jspecify.annotations.NullMarked;
