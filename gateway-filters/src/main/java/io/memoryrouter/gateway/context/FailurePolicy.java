package io.memoryrouter.gateway.context;

/**
 * What becomes of a request when memory fails it.
 */
public enum FailurePolicy {

	/** It goes on without memory. */
	CONTINUE,

	/** It is refused, with 503. */
	REJECT

}
