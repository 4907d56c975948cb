package io.memoryrouter.sample.demo;

import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderDialect;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the provider {@code demo}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = EchoProviderConfiguration.ENABLED, matchIfMissing = true)
class EchoProviderConfiguration {

	/** Whether there is a demo provider; by default there is. */
	static final String ENABLED = "memoryrouter.demo.enabled";

	/** What stands before the slash of the demo's model. */
	static final String PROVIDER = "demo";

	@Bean
	EchoServer echoServer() {
		return EchoServer.start();
	}

	@Bean
	Provider echoProvider(EchoServer echoServer) {
		return Provider.named(PROVIDER)
			.baseUrl(echoServer.baseUrl())
			.dialect(ProviderDialect.GEMINI)
			.withoutKey()
			.build();
	}

}
