/**
 * What was used, shown to administrators.
 */
@NullMarked
package io.memoryrouter.gateway.admin.usage;

import org.jspecify.annotations.NullMarked;
