package io.memoryrouter.gateway.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.memoryrouter.gateway.jwt.JwtSettings;
import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.key.claim.VaultClaims;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.support.NameUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tokens of an identity provider in the place of Memory Keys.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserJwtProperties.class)
class UserTokenConfiguration {

	private static final List<String> FILTERS = List.of("Memory", "MemoryKey");

	/** Absent where no identity provider is configured. */
	@Bean
	@ConditionalOnMissingBean
	@Nullable VaultClaims memoryVaultClaims(UserJwtProperties properties) {
		JwtSettings settings = properties.toSettings();
		return (settings != null)
				? new VaultClaims(new JwtVerifier(settings, Set.of()), properties.toClaimSettings(settings)) : null;
	}

	/**
	 * The gateway would log a route that cannot be made and start without it; one whose
	 * users cannot be told apart has to be told of.
	 */
	@Bean
	InitializingBean memoryVaultClaimCheck(ObjectProvider<GatewayProperties> gateway,
			ObjectProvider<VaultClaims> users) {
		return () -> gateway.stream().forEach((properties) -> {
			check("spring.cloud.gateway.server.webflux.default-filters", properties.getDefaultFilters(),
					users.getIfAvailable());
			properties.getRoutes()
				.forEach((route) -> check("The route '" + route.getId() + "'", route.getFilters(),
						users.getIfAvailable()));
		});
	}

	private static void check(String place, List<FilterDefinition> filters, @Nullable VaultClaims users) {
		filters.stream()
			.filter((filter) -> FILTERS.contains(filter.getName()))
			.map(UserTokenConfiguration::vaultClaim)
			.filter(Objects::nonNull)
			.forEach((claim) -> check(place, claim, users));
	}

	private static void check(String place, String claim, @Nullable VaultClaims users) {
		if (users == null) {
			throw new IllegalArgumentException(
					place + " has a vaultClaim: " + "that takes memoryrouter.jwt.issuer, audience and jwks-uri");
		}
		users.on(claim);
	}

	private static @Nullable String vaultClaim(FilterDefinition filter) {
		return filter.getArgs()
			.entrySet()
			.stream()
			.filter((arg) -> isVaultClaim(filter, arg.getKey()))
			.map((arg) -> arg.getValue())
			.findFirst()
			.orElse(null);
	}

	/** As the binder reads it, or as the second of the values in the short form. */
	private static boolean isVaultClaim(FilterDefinition filter, String arg) {
		return arg.replace("-", "").toLowerCase(Locale.ROOT).equals("vaultclaim")
				|| ("MemoryKey".equals(filter.getName()) && arg.equals(NameUtils.generateName(1)));
	}

}
