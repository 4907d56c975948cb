package io.memoryrouter.gateway.key.claim;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which claims of a token name its bearer's account and vault.
 *
 * @param issuer who issues the tokens: their users have no vault in common with another
 * issuer's
 * @param vaultClaim the claim that names the user, for this product's own endpoints and
 * for routes that name none; {@code null} to take tokens only on routes that name one
 * @param accountClaim the claim that names the account, or {@code null} if all users
 * belong to the account {@value #DEFAULT_ACCOUNT}
 */
public record VaultClaimSettings(String issuer, @Nullable String vaultClaim, @Nullable String accountClaim) {

	/** The account of users whose tokens name none. */
	public static final String DEFAULT_ACCOUNT = "default";

	/** Claims that are the same for all users, or others for each token. */
	private static final Set<String> UNFIT = Set.of("iss", "aud", "exp", "nbf", "iat", "jti", "scope", "scp");

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if a claim cannot tell users apart
	 */
	public VaultClaimSettings {
		Assert.hasText(issuer, "The issuer is missing");
		if (vaultClaim != null) {
			requireFit(vaultClaim, accountClaim);
		}
	}

	/**
	 * Checks a claim.
	 * @param vaultClaim the claim that is to name the user
	 * @throws IllegalArgumentException if it cannot tell users apart
	 */
	void requireFit(String vaultClaim) {
		requireFit(vaultClaim, this.accountClaim);
	}

	private static void requireFit(String vaultClaim, @Nullable String accountClaim) {
		if (vaultClaim.isBlank() || UNFIT.contains(vaultClaim) || vaultClaim.equals(accountClaim)) {
			throw new IllegalArgumentException("The claim '" + vaultClaim
					+ "' does not tell users apart: name another one as the vault-claim, such as 'sub'");
		}
	}

}
