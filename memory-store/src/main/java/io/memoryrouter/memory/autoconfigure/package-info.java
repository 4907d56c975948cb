/**
 * Spring Boot's auto-configuration of the memory side. Every bean gives way to one of the
 * application's own.
 */
@NullMarked
package io.memoryrouter.memory.autoconfigure;

import org.jspecify.annotations.NullMarked;
