package io.memoryrouter.gateway.admin;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;

/**
 * Lets bearers of the identity provider's JWTs in. A token has to be signed with one of
 * {@link #ALGORITHMS} by a key of the provider's set, to come from its issuer, to be for
 * the audience, and to be valid now, give or take a minute; its keys are taken from the
 * configured address alone, whatever its header says.
 * <p>
 * The set of keys is kept for {@link #KEYS_TIME_TO_LIVE}. A token of a key that is not in
 * it has the set fetched anew, at most twice in {@link #MIN_REFETCH}. While the provider
 * cannot be reached the last set serves for up to {@link #OUTAGE}.
 */
public final class JwtAdministratorAuthenticator implements AdministratorAuthenticator {

	/** The signatures that are accepted: asymmetric ones alone. */
	public static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
			JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	/** How long the provider's keys are kept. */
	public static final Duration KEYS_TIME_TO_LIVE = Duration.ofMinutes(5);

	/** How often the keys are fetched anew for the sake of unknown ones. */
	public static final Duration MIN_REFETCH = Duration.ofSeconds(30);

	/** How long the last keys serve while the provider cannot be reached. */
	public static final Duration OUTAGE = Duration.ofHours(4);

	private static final Logger logger = LoggerFactory.getLogger(JwtAdministratorAuthenticator.class);

	private static final int CLOCK_SKEW_SECONDS = 60;

	private static final int TIMEOUT_MILLIS = 2_000;

	private static final int MAX_KEY_SET_BYTES = 512 * 1024;

	private static final int MAX_ACCOUNT_LENGTH = 128;

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final String accountClaim;

	/**
	 * Makes an authenticator.
	 * @param settings the identity provider
	 */
	public JwtAdministratorAuthenticator(JwtSettings settings) {
		this(settings, new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEY_SET_BYTES));
	}

	JwtAdministratorAuthenticator(JwtSettings settings, ResourceRetriever retriever) {
		this.accountClaim = settings.accountClaim();
		this.processor.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
		this.processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings, retriever)));
		DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(settings.audience(),
				new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("exp", "sub"));
		claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
		this.processor.setJWTClaimsSetVerifier(claims);
	}

	private static JWKSource<SecurityContext> keys(JwtSettings settings, ResourceRetriever retriever) {
		return JWKSourceBuilder.create(url(settings.jwksUri()), retriever)
			.cache(KEYS_TIME_TO_LIVE.toMillis(), 2 * TIMEOUT_MILLIS)
			.refreshAheadCache(false)
			.rateLimited(MIN_REFETCH.toMillis())
			.outageTolerant(OUTAGE.toMillis())
			.build();
	}

	private static URL url(URI uri) {
		try {
			return uri.toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("memoryrouter.admin.jwt.jwks-uri is no URL", ex);
		}
	}

	@Override
	public Mono<Administrator> authenticate(String token) {
		if (!isJwt(token)) {
			return Mono.empty();
		}
		// The keys may have to be fetched, which blocks.
		return Mono.fromCallable(() -> administrator(token)).subscribeOn(Schedulers.boundedElastic());
	}

	private static boolean isJwt(String token) {
		return token.startsWith("eyJ") && token.chars().filter((character) -> character == '.').count() >= 2;
	}

	private Administrator administrator(String token) {
		try {
			JWTClaimsSet claims = this.processor.process(token, null);
			return new Administrator(account(claims), String.valueOf(claims.getSubject()), scopes(claims));
		}
		catch (RateLimitReachedException | BadJOSEException | ParseException ex) {
			logger.debug("An administrator's token is not accepted: {}", ex.getClass().getSimpleName());
			throw invalid();
		}
		catch (JOSEException ex) {
			logger.warn("The keys of the identity provider cannot be had: {}", ex.getClass().getSimpleName());
			throw ApiException.unavailable("identity_provider_unavailable",
					"The token cannot be checked at the moment. Try again", ex);
		}
	}

	/** Why a token is not accepted is nobody's business who has no valid one. */
	private static ApiException invalid() {
		return ApiException.unauthorized("invalid_admin_token",
				"The token is not accepted: it has to be valid now, signed by the configured issuer, and for this audience");
	}

	private String account(JWTClaimsSet claims) {
		return Optional.ofNullable(claims.getClaim(this.accountClaim))
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.filter(JwtAdministratorAuthenticator::isAccount)
			.orElseThrow(() -> new ApiException(new ApiError(HttpStatus.FORBIDDEN, "no_account",
					"The token names no account in its claim '" + this.accountClaim + "'", null)));
	}

	private static boolean isAccount(String value) {
		return !value.isBlank() && value.length() <= MAX_ACCOUNT_LENGTH
				&& value.chars().noneMatch(Character::isISOControl);
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
