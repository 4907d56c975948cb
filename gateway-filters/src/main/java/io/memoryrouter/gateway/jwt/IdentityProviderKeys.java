package io.memoryrouter.gateway.jwt;

import java.util.List;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWithHealthStatusReporting;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an identity provider, kept and fetched anew as {@link JwtVerifier}
 * says.
 * <p>
 * The outage cache stands before the rate limit, other than where nimbus builds the
 * chain: tokens of unknown keys that use the limit up do not keep the known keys from
 * serving.
 */
final class IdentityProviderKeys implements JWKSource<SecurityContext> {

	private static final Logger logger = LoggerFactory.getLogger(IdentityProviderKeys.class);

	private final JWKSource<SecurityContext> source;

	private volatile @Nullable HealthStatus health;

	IdentityProviderKeys(JwtSettings settings, ResourceRetriever retriever) {
		JWKSetSource<SecurityContext> fetched = new JWKSetSourceWithHealthStatusReporting<>(
				new URLBasedJWKSetSource<>(settings.jwksUrl(), retriever),
				(report) -> note(report.getHealthStatus(), report.getException()));
		JWKSetSource<SecurityContext> limited = new Limited(
				new RateLimitedJWKSetSource<>(fetched, JwtVerifier.MIN_REFETCH.toMillis(), null));
		this.source = new JWKSetBasedJWKSource<>(new CachingJWKSetSource<>(
				new OutageTolerantJWKSetSource<>(limited, JwtVerifier.OUTAGE.toMillis(), null),
				JwtVerifier.KEYS_TIME_TO_LIVE.toMillis(), 2L * JwtVerifier.FETCH_TIMEOUT.toMillis(), null));
	}

	private void note(HealthStatus status, @Nullable Exception failure) {
		if (status == HealthStatus.NOT_HEALTHY && this.health != status) {
			logger.warn("The keys of the identity provider cannot be fetched: {}", String.valueOf(failure));
		}
		this.health = status;
	}

	/**
	 * Finds keys.
	 * @throws JWKSetUnavailableException if there are none, and the provider, which may
	 * have new ones, cannot be asked; not if it was asked a moment ago
	 */
	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
		List<JWK> keys = find(selector, context);
		if (keys.isEmpty() && this.health != HealthStatus.HEALTHY) {
			throw new JWKSetUnavailableException("The key is not known, and new ones cannot be fetched");
		}
		return keys;
	}

	private List<JWK> find(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
		try {
			return this.source.get(selector, context);
		}
		catch (JWKSetUnavailableException ex) {
			if (ex.getCause() instanceof RateLimitReachedException) {
				return List.of();
			}
			throw ex;
		}
	}

	/** A limit is one more reason why keys cannot be fetched. */
	private static final class Limited extends JWKSetSourceWrapper<SecurityContext> {

		Limited(JWKSetSource<SecurityContext> source) {
			super(source);
		}

		@Override
		public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
				throws KeySourceException {
			try {
				return getSource().getJWKSet(evaluator, now, context);
			}
			catch (RateLimitReachedException ex) {
				throw new JWKSetUnavailableException("The keys were fetched a moment ago", ex);
			}
		}

	}

}
