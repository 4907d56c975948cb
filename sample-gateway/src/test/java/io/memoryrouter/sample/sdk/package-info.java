/**
 * The official SDKs of the providers as clients of a running gateway, and what they have
 * in common: a provider that records what it is asked, and one gateway for all tests.
 */
@NullMarked
package io.memoryrouter.sample.sdk;

import org.jspecify.annotations.NullMarked;
