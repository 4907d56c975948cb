package io.memoryrouter.gateway.key.claim;

import java.time.Instant;
import java.util.List;

import com.nimbusds.jwt.JWTClaimsSet;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.jwt.JwtClaims;
import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.memory.VaultId;

import org.springframework.http.HttpStatus;

/**
 * From the claims of a token to what a Memory Key of its bearer would stand for. The
 * vault is derived from the issuer, the account, the claim and its value: all four have
 * to be the same for two tokens to have a vault in common.
 */
final class ClaimedVault {

	/** The greatest length of a user's name: some are addresses, or lists of names. */
	static final int MAX_USER_LENGTH = 1024;

	private static final int MAX_ACCOUNT_LENGTH = 128;

	private ClaimedVault() {
	}

	/**
	 * What a token stands for.
	 * @param claims what it says, checked
	 * @param settings which claims count
	 * @param vaultClaim the claim that names the user
	 * @param now the time
	 * @return a key that is stored nowhere: its id is that of the vault, and it expires
	 * with the token
	 * @throws ApiException of 403 if the token names no account or no user
	 */
	static KeyRecord of(JWTClaimsSet claims, VaultClaimSettings settings, String vaultClaim, Instant now) {
		String account = (settings.accountClaim() != null)
				? name(claims, settings.accountClaim(), MAX_ACCOUNT_LENGTH, "no_account")
				: VaultClaimSettings.DEFAULT_ACCOUNT;
		String user = name(claims, vaultClaim, MAX_USER_LENGTH, "no_vault");
		VaultId vault = VaultId.derivedFrom(settings.issuer(), account, vaultClaim, user);
		Instant end = claims.getExpirationTime().toInstant().plus(JwtVerifier.CLOCK_SKEW);
		return new KeyRecord(vault.value(), account, "jwt:" + vaultClaim, vault, List.of(), KeyMode.ON, now, end, null);
	}

	private static String name(JWTClaimsSet claims, String claim, int maxLength, String code) {
		return JwtClaims.name(claims, claim, maxLength)
			.orElseThrow(() -> new ApiException(new ApiError(HttpStatus.FORBIDDEN, code,
					"The claim '" + claim + "' of the token has to be a text of 1 to " + maxLength
							+ " characters, none of them a control character",
					null)));
	}

}
