package io.memoryrouter.gateway.autoconfigure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.admin.AdministratorAuthenticator;
import io.memoryrouter.gateway.admin.Administrators;
import io.memoryrouter.gateway.admin.JwtAdministratorAuthenticator;
import io.memoryrouter.gateway.admin.KeyAdministration;
import io.memoryrouter.gateway.admin.ProviderKeyAdministration;
import io.memoryrouter.gateway.admin.ProviderKeyProbe;
import io.memoryrouter.gateway.admin.TokenAdministratorAuthenticator;
import io.memoryrouter.gateway.admin.usage.UsageAdministration;
import io.memoryrouter.gateway.api.UnknownEndpoints;
import io.memoryrouter.gateway.jwt.JwtSettings;
import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.provider.ProviderKeyService;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;

/**
 * Auto-configuration of administration over HTTP. {@code memoryrouter.admin.enabled}
 * turns it off, for a gateway whose keys are made elsewhere.
 */
@AutoConfiguration(after = { MemoryGatewayAutoConfiguration.class, ModelApiAutoConfiguration.class },
		afterName = "io.memoryrouter.memory.autoconfigure.MemoryAutoConfiguration")
@ConditionalOnClass(RouterFunction.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "memoryrouter.admin.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AdministratorJwtProperties.class)
public final class MemoryAdministrationAutoConfiguration {

	/** The static token, the identity provider's tokens, the application's own ways. */
	@Bean
	@ConditionalOnMissingBean
	Administrators memoryAdministrators(ObjectProvider<AdminTokens> tokens, AdministratorJwtProperties jwt,
			ObjectProvider<AdministratorAuthenticator> others) {
		List<AdministratorAuthenticator> authenticators = new ArrayList<>();
		tokens.stream()
			.filter(AdminTokens::isEnabled)
			.forEach((enabled) -> authenticators.add(new TokenAdministratorAuthenticator(enabled)));
		JwtSettings settings = jwt.toSettings();
		if (settings != null) {
			authenticators.add(new JwtAdministratorAuthenticator(
					new JwtVerifier(settings, JwtAdministratorAuthenticator.REQUIRED_CLAIMS), jwt.accountClaim()));
		}
		others.orderedStream().forEach(authenticators::add);
		return new Administrators(authenticators);
	}

	@Bean
	@ConditionalOnBean(MemoryKeyManager.class)
	@ConditionalOnMissingBean
	KeyAdministration memoryKeyAdministration(MemoryKeyManager keys, Administrators administrators) {
		return new KeyAdministration(keys, administrators, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(KeyAdministration.class)
	RouterFunction<ServerResponse> memoryAdministrationRoutes(KeyAdministration keys) {
		return keys.routes();
	}

	@Bean
	@ConditionalOnBean({ ProviderKeyService.class, ProviderRegistry.class, ModelListClient.class })
	@ConditionalOnMissingBean
	ProviderKeyAdministration memoryProviderKeyAdministration(ProviderKeyService keys, ProviderRegistry registry,
			ModelListClient client, Administrators administrators) {
		return new ProviderKeyAdministration(keys, registry,
				new ProviderKeyProbe(client, ProviderKeyProbe.DEFAULT_TIMEOUT), administrators);
	}

	@Bean
	@ConditionalOnBean(ProviderKeyAdministration.class)
	RouterFunction<ServerResponse> memoryProviderKeyRoutes(ProviderKeyAdministration keys) {
		return keys.routes();
	}

	@Bean
	@ConditionalOnBean({ UsageStore.class, MemoryKeyManager.class })
	@ConditionalOnMissingBean
	UsageAdministration memoryUsageAdministration(UsageStore store, ObjectProvider<UsageRecorder> recorder,
			MemoryKeyManager keys, Administrators administrators) {
		return new UsageAdministration(store, recorder.getIfAvailable(), keys, administrators, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(UsageAdministration.class)
	RouterFunction<ServerResponse> memoryUsageRoutes(UsageAdministration usage) {
		return usage.routes();
	}

	@Bean
	@ConditionalOnMissingBean(name = "unknownAdministrationEndpointMapping")
	RouterFunctionMapping unknownAdministrationEndpointMapping() {
		return UnknownEndpoints.under("/v1/keys", "/v1/provider-keys", "/v1/usage");
	}

}
