package io.memoryrouter.gateway.autoconfigure;

import java.util.Set;

import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.key.claim.VaultClaimSettings;
import io.memoryrouter.gateway.key.claim.VaultClaims;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserTokenConfiguration}: what is configured in part, or cannot work,
 * is told of at the start.
 */
class UserTokenConfigurationTests {

	private static final String ROUTE = "spring.cloud.gateway.server.webflux.routes[0]";

	private final ReactiveWebApplicationContextRunner bare = new ReactiveWebApplicationContextRunner()
		.withBean(FakeMemory.class)
		.withConfiguration(AutoConfigurations.of(MemoryGatewayAutoConfiguration.class))
		.withUserConfiguration(Gateway.class)
		.withPropertyValues(ROUTE + ".id=llm", ROUTE + ".uri=no://op", ROUTE + ".predicates[0]=Path=/**");

	private final ReactiveWebApplicationContextRunner runner = this.bare.withPropertyValues(
			"memoryrouter.jwt.issuer=https://id.example", "memoryrouter.jwt.audience=memoryrouter",
			"memoryrouter.jwt.jwks-uri=https://id.example/jwks");

	@Test
	void configureWhenNothingOrOnlyEmptyValuesAreSetThenTokensDoNotCount() {
		this.bare
			.withPropertyValues("memoryrouter.jwt.issuer=", "memoryrouter.jwt.vault-claim=",
					ROUTE + ".filters[0]=Memory")
			.run((context) -> assertThat(context.getBeanProvider(VaultClaims.class).getIfAvailable()).isNull());
	}

	@Test
	void configureWhenIdentityProviderIsSetThenTokensCountWhereAClaimIsNamed() {
		this.runner.run((context) -> assertThat(context.getBean(VaultClaims.class).on(null)).isNull());
		this.runner.withPropertyValues("memoryrouter.jwt.vault-claim=sub", "memoryrouter.jwt.account-claim=org")
			.run((context) -> assertThat(context.getBean(VaultClaims.class).on(null)).isNotNull());
	}

	@Test
	void configureWhenApplicationHasABeanThenBacksOff() {
		VaultClaims own = new VaultClaims(new JwtVerifier(TestIssuer.SETTINGS, Set.of()),
				new VaultClaimSettings("https://id.example", "sub", null));
		this.runner.withBean("own", VaultClaims.class, () -> own)
			.run((context) -> assertThat(context.getBean(VaultClaims.class)).isSameAs(own));
	}

	@ParameterizedTest
	@CsvSource({ "issuer, memoryrouter.jwt.issuer is missing", "audience, memoryrouter.jwt.audience is missing",
			"jwks-uri, memoryrouter.jwt.jwks-uri is missing" })
	void configureWhenOneOfTheThreeIsMissingThenStartFailsAndNamesIt(String property, String message) {
		this.runner.withPropertyValues("memoryrouter.jwt." + property + "=").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure())).hasMessage(message);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "memoryrouter.jwt.vault-claim=sub", "memoryrouter.jwt.account-claim=org" })
	void configureWhenOnlyAClaimIsSetThenStartFails(String property) {
		this.bare.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "memoryrouter.jwt.vault-claim=iss", "memoryrouter.jwt.vault-claim=jti",
			"memoryrouter.jwt.jwks-uri=file:/etc/passwd", "memoryrouter.jwt.jwks-uri=jwks",
			"memoryrouter.jwt.jwks-uri=https://id example/" })
	void configureWhenAValueCannotWorkThenStartFails(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void configureWhenVaultAndAccountAreOneClaimThenStartFails() {
		this.runner.withPropertyValues("memoryrouter.jwt.vault-claim=sub", "memoryrouter.jwt.account-claim=sub")
			.run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@CsvSource({ "Memory, vaultClaim", "Memory, vault-claim", "MemoryKey, vaultClaim", "MemoryKey, _genkey_1" })
	void configureWhenARouteNamesAClaimThenItHasToWork(String filter, String arg) {
		String claim = ROUTE + ".filters[0].args." + arg + "=";
		String name = ROUTE + ".filters[0].name=" + filter;
		this.bare.withPropertyValues(name, claim + "sub").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure())).hasMessage(
					"The route 'llm' has a vaultClaim: " + "that takes memoryrouter.jwt.issuer, audience and jwks-uri");
		});
		this.runner.withPropertyValues(name, claim + "sub").run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues(name, claim + "iss").run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void configureWhenDefaultFiltersNameAClaimThenItHasToWork() {
		String filter = "spring.cloud.gateway.server.webflux.default-filters[0]";
		String name = filter + ".name=Memory";
		String claim = filter + ".args.vaultClaim=";
		this.bare.withPropertyValues(name, claim + "sub").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.hasMessageStartingWith("spring.cloud.gateway.server.webflux.default-filters has a vaultClaim: ");
		});
		this.runner.withPropertyValues(name, claim + "sub").run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues(name, claim + "iss").run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(GatewayProperties.class)
	static class Gateway {

	}

}
