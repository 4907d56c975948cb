package io.memoryrouter.gateway.key.claim;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.Secrets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Knows users by the tokens of an identity provider. A token that was accepted is not
 * checked again for {@link #TIME_TO_LIVE}, or until it expires; what is kept of it is a
 * hash.
 */
public final class VaultClaims {

	/** How long a token is believed without another look, at most. */
	public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	private static final int MAX_TOKENS = 20_000;

	private final JwtVerifier verifier;

	private final VaultClaimSettings settings;

	private final Clock clock;

	private final Cache<Presented, KeyRecord> accepted;

	/**
	 * Uses the system's clock.
	 * @param verifier checks the tokens
	 * @param settings which claims count
	 */
	public VaultClaims(JwtVerifier verifier, VaultClaimSettings settings) {
		this(verifier, settings, Clock.systemUTC(), Ticker.systemTicker());
	}

	VaultClaims(JwtVerifier verifier, VaultClaimSettings settings, Clock clock, Ticker ticker) {
		this.verifier = verifier;
		this.settings = settings;
		this.clock = clock;
		this.accepted = Caffeine.newBuilder()
			.maximumSize(MAX_TOKENS)
			.ticker(ticker)
			.expireAfterWrite(TIME_TO_LIVE)
			.build();
	}

	/**
	 * Takes tokens on a route.
	 * @param vaultClaim the claim that names the user there, or {@code null} for the
	 * default one
	 * @return what takes them, or {@code null} if there is no default and tokens are not
	 * taken
	 * @throws IllegalArgumentException if the claim cannot tell users apart
	 */
	public @Nullable UserTokenAuthenticator on(@Nullable String vaultClaim) {
		String claim = (vaultClaim != null) ? vaultClaim : this.settings.vaultClaim();
		if (claim == null) {
			return null;
		}
		this.settings.requireFit(claim);
		return new UserTokenAuthenticator((token) -> find(token, claim));
	}

	private Mono<KeyRecord> find(String token, String claim) {
		Presented presented = new Presented(Secrets.sha256(token), claim);
		KeyRecord known = this.accepted.getIfPresent(presented);
		if (known != null && known.isValidAt(this.clock.instant())) {
			return Mono.just(known);
		}
		return this.verifier.verify(token)
			.map((claims) -> ClaimedVault.of(claims, this.settings, claim, this.clock.instant()))
			.doOnNext((key) -> this.accepted.put(presented, key));
	}

	/**
	 * A token, where one claim of it counts.
	 *
	 * @param hash the token's SHA-256
	 * @param claim the claim that names the user
	 */
	private record Presented(String hash, String claim) {

	}

}
