/**
 * {@code GET /v1/models}: what a caller can name as a model, gathered from all providers
 * that there is a key for.
 */
@NullMarked
package io.memoryrouter.gateway.models;

import org.jspecify.annotations.NullMarked;
