/**
 * Recall as part of a request: what is asked, what is put in front of the model, and in
 * which form.
 */
@NullMarked
package io.memoryrouter.gateway.context;

import org.jspecify.annotations.NullMarked;
