package io.memoryrouter.gateway.admin;

import java.util.Set;

/**
 * Who administers.
 *
 * @param account the account whose things they see and change, and no other's
 * @param subject who they are, for the record of what they do; no secret
 * @param scopes what they may do
 */
public record Administrator(String account, String subject, Set<AdminScope> scopes) {

	/**
	 * Takes a copy of the scopes.
	 */
	public Administrator {
		scopes = Set.copyOf(scopes);
	}

	/**
	 * Whether they may do what a scope stands for.
	 * @param scope the scope
	 * @return whether they have it, or {@link AdminScope#ADMIN}, which stands for all
	 */
	public boolean may(AdminScope scope) {
		return this.scopes.contains(scope) || this.scopes.contains(AdminScope.ADMIN);
	}

}
