package io.memoryrouter.keys;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a bearer token is the administrator's. It keeps a hash alone and takes
 * the same time whatever is presented.
 */
public final class AdminTokens {

	private final @Nullable String hash;

	private AdminTokens(@Nullable String hash) {
		this.hash = hash;
	}

	/**
	 * Accepts one token.
	 * @param token the token
	 * @return what accepts it
	 */
	public static AdminTokens accepting(AdminToken token) {
		return new AdminTokens(token.hash());
	}

	/**
	 * Accepts the token of which a hash is known.
	 * @param hash {@link AdminToken#hash()}
	 * @return what accepts it
	 */
	public static AdminTokens acceptingHash(String hash) {
		return new AdminTokens(hash);
	}

	/**
	 * Accepts no token: administration by token is off.
	 * @return what accepts nothing
	 */
	public static AdminTokens none() {
		return new AdminTokens(null);
	}

	/**
	 * Whether any token is accepted at all.
	 * @return {@code false} if administration by token is off
	 */
	public boolean isEnabled() {
		return this.hash != null;
	}

	/**
	 * Checks a token.
	 * @param presented what a request presents as its bearer token
	 * @return whether it is the administrator's
	 */
	public boolean accepts(String presented) {
		return this.hash != null && Secrets.isEqual(this.hash, Secrets.sha256(presented));
	}

	@Override
	public String toString() {
		return "AdminTokens[enabled=" + isEnabled() + "]";
	}

}
