package io.memoryrouter.gateway.admin;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an administrator may do, as tokens of an identity provider say it.
 */
public enum AdminScope {

	/** Everything, usage included. */
	ADMIN("memory:admin"),

	/** Memory Keys. */
	KEYS("memory:keys"),

	/** Stored provider keys. */
	PROVIDERS("memory:providers");

	private final String value;

	AdminScope(String value) {
		this.value = value;
	}

	/**
	 * What it is called in a token.
	 * @return the name
	 */
	public String value() {
		return this.value;
	}

	static Optional<AdminScope> of(String value) {
		return Arrays.stream(values()).filter((scope) -> scope.value.equals(value)).findFirst();
	}

}
