package io.memoryrouter.gateway.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jwt.JWTClaimsSet;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.jwt.IdentityProviderUnavailableException;
import io.memoryrouter.gateway.jwt.InvalidJwtException;
import io.memoryrouter.gateway.jwt.JwtClaims;
import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.support.ApiException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;

/**
 * Lets bearers of the identity provider's JWTs in: those that a {@link JwtVerifier}
 * accepts and that name an account.
 */
public final class JwtAdministratorAuthenticator implements AdministratorAuthenticator {

	/** The claims that a token has to have. */
	public static final Set<String> REQUIRED_CLAIMS = Set.of("sub");

	private static final int MAX_ACCOUNT_LENGTH = 128;

	private final JwtVerifier verifier;

	private final String accountClaim;

	/**
	 * Makes an authenticator.
	 * @param verifier checks the tokens
	 * @param accountClaim the claim that names the account
	 */
	public JwtAdministratorAuthenticator(JwtVerifier verifier, String accountClaim) {
		Assert.hasText(accountClaim, "The claim that names the account is empty");
		this.verifier = verifier;
		this.accountClaim = accountClaim;
	}

	@Override
	public Mono<Administrator> authenticate(String token) {
		if (!JwtVerifier.isJwt(token)) {
			return Mono.empty();
		}
		return this.verifier.verify(token)
			.map(this::administrator)
			.onErrorMap(InvalidJwtException.class, (ex) -> invalid())
			.onErrorMap(IdentityProviderUnavailableException.class, JwtAdministratorAuthenticator::unavailable);
	}

	private Administrator administrator(JWTClaimsSet claims) {
		return new Administrator(account(claims), String.valueOf(claims.getSubject()), scopes(claims));
	}

	private static ApiException invalid() {
		return ApiException.unauthorized("invalid_admin_token",
				"The token is not accepted: it has to be valid now, signed by the configured issuer, and for this audience");
	}

	private static ApiException unavailable(Throwable ex) {
		return ApiException.unavailable("identity_provider_unavailable",
				"The token cannot be checked at the moment. Try again", ex);
	}

	private String account(JWTClaimsSet claims) {
		return JwtClaims.name(claims, this.accountClaim, MAX_ACCOUNT_LENGTH)
			.orElseThrow(() -> new ApiException(new ApiError(HttpStatus.FORBIDDEN, "no_account",
					"The token names no account in its claim '" + this.accountClaim + "'", null)));
	}

	private static Set<AdminScope> scopes(JWTClaimsSet claims) {
		List<String> names = new ArrayList<>();
		for (String claim : List.of("scope", "scp")) {
			Object value = claims.getClaim(claim);
			if (value instanceof String text) {
				names.addAll(Arrays.asList(text.split(" ")));
			}
			else if (value instanceof List<?> list) {
				list.forEach((name) -> names.add(String.valueOf(name)));
			}
		}
		return names.stream().map(AdminScope::of).flatMap(Optional::stream).collect(Collectors.toSet());
	}

}
