package io.memoryrouter.gateway.jwt;

import java.text.ParseException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Checks tokens of an identity provider. A token has to be signed with one of
 * {@link #ALGORITHMS} by a key of the provider's set, to come from its issuer, to be for
 * the audience, and to be valid now, give or take {@link #CLOCK_SKEW}; its keys are taken
 * from the configured address alone, whatever its header says.
 * <p>
 * The set of keys is kept for {@link #KEYS_TIME_TO_LIVE}. A token of a key that is not in
 * it has the set fetched anew, at most twice in {@link #MIN_REFETCH}. While the provider
 * cannot be reached the last set serves for up to {@link #OUTAGE}.
 */
public final class JwtVerifier {

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

	/** By how much the clocks of the provider and of this machine may differ. */
	public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

	static final Duration FETCH_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_KEY_SET_BYTES = 512 * 1024;

	private static final int MAX_TOKEN_LENGTH = 16 * 1024;

	private static final Pattern HEADER = Pattern.compile("\\s*\\{\\s*\"");

	private static final int MAX_WAITING = 10_000;

	/**
	 * A check takes up to half a millisecond, and now and then a fetch of keys, which
	 * blocks: neither is for an event loop, nor for threads that others need.
	 */
	private static final Scheduler CHECKS = Schedulers.newBoundedElastic(
			Math.max(4, Runtime.getRuntime().availableProcessors()), MAX_WAITING, "memoryrouter-jwt", 60, true);

	private static final Logger logger = LoggerFactory.getLogger(JwtVerifier.class);

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	/**
	 * Makes a verifier that fetches keys itself.
	 * @param settings the identity provider
	 * @param requiredClaims the claims that a token has to have, beside {@code iss},
	 * {@code aud} and {@code exp}
	 */
	public JwtVerifier(JwtSettings settings, Set<String> requiredClaims) {
		this(settings, requiredClaims, new DefaultResourceRetriever((int) FETCH_TIMEOUT.toMillis(),
				(int) FETCH_TIMEOUT.toMillis(), MAX_KEY_SET_BYTES));
	}

	/**
	 * Makes a verifier that has keys fetched.
	 * @param settings the identity provider
	 * @param requiredClaims the claims that a token has to have, beside {@code iss},
	 * {@code aud} and {@code exp}
	 * @param retriever fetches the keys: blocks, for {@code 2 s} or less
	 */
	public JwtVerifier(JwtSettings settings, Set<String> requiredClaims, ResourceRetriever retriever) {
		this.processor.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
		this.processor.setJWSKeySelector(
				new JWSVerificationKeySelector<>(ALGORITHMS, new IdentityProviderKeys(settings, retriever)));
		DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(settings.audience(),
				new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), withExpiry(requiredClaims));
		claims.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
		this.processor.setJWTClaimsSetVerifier(claims);
	}

	private static Set<String> withExpiry(Set<String> required) {
		Set<String> all = new HashSet<>(required);
		all.add("exp");
		return all;
	}

	/**
	 * Whether a credential means to be a JWT, well-formed or not: what stands before its
	 * first dot begins as a JSON object does, in Base64.
	 * @param credential the credential
	 * @return whether it begins as JWTs do
	 */
	public static boolean isJwt(String credential) {
		int dot = credential.indexOf('.');
		return dot > 0 && HEADER.matcher(new Base64URL(credential.substring(0, dot)).decodeToString()).lookingAt();
	}

	/**
	 * Checks a token. This does not block.
	 * @param token the token
	 * @return what it says; an {@link InvalidJwtException} error if it is not accepted,
	 * an {@link IdentityProviderUnavailableException} error if that cannot be told at the
	 * moment
	 */
	public Mono<JWTClaimsSet> verify(String token) {
		return Mono.fromCallable(() -> check(token))
			.subscribeOn(CHECKS)
			.onErrorMap(RejectedExecutionException.class, IdentityProviderUnavailableException::new);
	}

	/**
	 * The parser takes a number for a text, though RFC 7519 does not allow it; of a long
	 * number not all digits are left then, and users would be taken for each other.
	 */
	private static void requireTextAsSubject(SignedJWT jwt) throws ParseException {
		Object subject = jwt.getPayload().toJSONObject().get("sub");
		if (subject != null && !(subject instanceof String)) {
			throw new ParseException("The subject is no text", 0);
		}
	}

	private JWTClaimsSet check(String token) {
		try {
			if (token.length() > MAX_TOKEN_LENGTH) {
				throw new ParseException("The token is too long", MAX_TOKEN_LENGTH);
			}
			SignedJWT jwt = SignedJWT.parse(token);
			JWTClaimsSet claims = this.processor.process(jwt, null);
			requireTextAsSubject(jwt);
			return claims;
		}
		catch (BadJOSEException | ParseException ex) {
			logger.debug("A token is not accepted: {}", ex.getClass().getSimpleName());
			throw new InvalidJwtException(ex);
		}
		catch (JOSEException ex) {
			throw new IdentityProviderUnavailableException(ex);
		}
	}

}
