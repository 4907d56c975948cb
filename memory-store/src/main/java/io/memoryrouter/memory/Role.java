package io.memoryrouter.memory;

/**
 * Who said a {@link Memory}.
 */
public enum Role {

	/** A person: the application's user, or one of several people who talk. */
	USER,

	/** The model. */
	ASSISTANT

}
