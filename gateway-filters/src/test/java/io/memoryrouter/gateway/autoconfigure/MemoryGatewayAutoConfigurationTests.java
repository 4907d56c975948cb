package io.memoryrouter.gateway.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.MemoryGatewayFilterFactory;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.gateway.context.MemoryContextFilters;
import io.memoryrouter.gateway.context.MemoryContextGatewayFilterFactory;
import io.memoryrouter.gateway.ingest.ExchangeArchive;
import io.memoryrouter.gateway.ingest.MemoryIngestFilters;
import io.memoryrouter.gateway.ingest.MemoryIngestGatewayFilterFactory;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.MemoryKeyFilters;
import io.memoryrouter.gateway.key.MemoryKeyGatewayFilterFactory;
import io.memoryrouter.gateway.key.QueryKeyDecoratorFactory;
import io.memoryrouter.gateway.key.ServerMemoryKeyAuthenticator;
import io.memoryrouter.gateway.key.ServerMemoryKeyConverter;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;
import io.memoryrouter.gateway.provider.DeploymentProviderKeySource;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderDialect;
import io.memoryrouter.gateway.provider.ProviderKeyFilters;
import io.memoryrouter.gateway.provider.ProviderKeyGatewayFilterFactory;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.gateway.provider.ProviderSelector;
import io.memoryrouter.gateway.provider.RequestProviderKeySource;
import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.ProviderFailureFilter;
import io.memoryrouter.gateway.support.StageRunner;
import io.memoryrouter.gateway.usage.RequestUsages;
import io.memoryrouter.gateway.usage.UsageFilter;
import io.memoryrouter.keys.provider.ProviderKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

class MemoryGatewayAutoConfigurationTests extends AutoConfigurationContract {

	MemoryGatewayAutoConfigurationTests() {
		super(application(MemoryGatewayAutoConfiguration.class));
	}

	static List<Class<?>> beans() {
		return List.of(GatewayMeters.class, RequestUsages.class, UsageFilter.class, ChatRequestFilter.class,
				ProviderFailureFilter.class, MemoryGatewayFilterFactory.class, ServerMemoryKeyConverter.class,
				ServerMemoryKeyAuthenticator.class, ServerMemoryKeyFailureHandler.class, KeyContextResolver.class,
				MemoryKeyFilters.class, MemoryKeyGatewayFilterFactory.class, ProviderRegistry.class,
				ProviderSelector.class, RequestProviderKeySource.class, DeploymentProviderKeySource.class,
				ProviderKeyFilters.class, ProviderKeyGatewayFilterFactory.class, ContextRecaller.class,
				ReceiptArchive.class, MemoryContextFilters.class, MemoryContextGatewayFilterFactory.class,
				ExchangeArchive.class, MemoryIngestFilters.class, MemoryIngestGatewayFilterFactory.class);
	}

	@Test
	void configureWhenQueryKeyIsWantedAsHeaderThenHandlerIsDecorated() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(QueryKeyDecoratorFactory.class));
		this.runner.withPropertyValues("memoryrouter.query-key-as-header=true")
			.run((context) -> assertThat(context).hasSingleBean(QueryKeyDecoratorFactory.class));
	}

	@Test
	void configureWhenGatewayIsAbsentThenNothingIsThere() {
		this.runner.withClassLoader(new FilteredClassLoader(GlobalFilter.class))
			.run((context) -> assertThat(context).doesNotHaveBean(GatewayMeters.class));
	}

	@Test
	void configureWhenGatewayIsOffThenNothingIsThere() {
		this.runner.withPropertyValues("spring.cloud.gateway.server.webflux.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(StageRunner.class));
	}

	@Test
	void configureWhenProvidersAreGivenThenTheyAddToThoseThatAreKnown() {
		this.runner.withPropertyValues("memoryrouter.providers.openai.api-key=sk-1",
				"memoryrouter.providers.openai.timeout=3s",
				"memoryrouter.providers.mine.base-url=http://localhost:9/v1", "memoryrouter.providers.groq.api-key=")
			.withBean(Provider.class, () -> Provider.named("demo").baseUrl(() -> null).withoutKey().build())
			.run((context) -> {
				ProviderRegistry registry = context.getBean(ProviderRegistry.class);
				assertThat(registry.find("openai").baseUrl()).hasToString("https://api.openai.com/v1");
				assertThat(registry.find("openai").isConfigured()).isTrue();
				assertThat(registry.find("openai").timeout()).hasSeconds(3);
				assertThat(registry.find("mine").baseUrl()).isEqualTo(URI.create("http://localhost:9/v1"));
				assertThat(registry.find("groq").isConfigured()).isFalse();
				assertThat(registry.find("demo").isKeyRequired()).isFalse();
				assertThat(registry.find("ollama").isKeyRequired()).isFalse();
			});
	}

	@Test
	void configureWhenProviderIsGivenByEnvironmentThenItIsThere() {
		this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-" + SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("MEMORYROUTER_PROVIDERS_INHOUSE_BASEURL", "https://llm.example.com/api/v1beta",
							"MEMORYROUTER_PROVIDERS_INHOUSE_DIALECT", "gemini", "MEMORYROUTER_PROVIDERS_INHOUSE_APIKEY",
							"sk-1", "MEMORYROUTER_PROVIDERS_INHOUSE_CREDENTIALHEADER", "X-Token",
							"MEMORYROUTER_PROVIDERS_INHOUSE_KEYREQUIRED", "false",
							"MEMORYROUTER_PROVIDERS_INHOUSE_TIMEOUT", "3s", "MEMORYROUTER_PROVIDERS_AZURE_BASEURL",
							"https://acme.openai.azure.com/openai/v1/", "MEMORYROUTER_DEFAULTPROVIDER", "inhouse"))))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Provider provider = context.getBean(ProviderRegistry.class).find("inhouse");
				assertThat(provider.baseUrl()).hasToString("https://llm.example.com/api/v1beta");
				assertThat(provider.dialect()).isEqualTo(ProviderDialect.GEMINI);
				assertThat(provider.key()).isEqualTo(new ProviderKey("sk-1"));
				assertThat(provider.isKeyRequired()).isFalse();
				assertThat(provider.timeout()).hasSeconds(3);
				assertThat(provider).hasFieldOrPropertyWithValue("credentialHeader", "X-Token");
				assertThat(context.getBean(ProviderRegistry.class).find("azure"))
					.hasFieldOrPropertyWithValue("credentialHeader", "api-key")
					.returns(true, Provider::isConfigured);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "memoryrouter.context.limit=0", "memoryrouter.context.limit=101",
			"memoryrouter.context.max-tokens=0", "memoryrouter.context.deadline=0s",
			"memoryrouter.context.on-failure=perhaps", "memoryrouter.context.placement=middle",
			"memoryrouter.context.sticky=forever", "memoryrouter.context.memo.max-size=0",
			"memoryrouter.context.memo.max-idle=0s", "memoryrouter.limits.body-size=4GB",
			"memoryrouter.ingest.max-pending=0", "memoryrouter.providers.mine.api-key=sk-1",
			"memoryrouter.providers.openai.base-url=ftp://x/v1",
			"memoryrouter.providers.mine_own.base-url=https://x/v1",
			"memoryrouter.providers.MyServer.base-url=https://x/v1", "memoryrouter.providers.openai.dialect=cohere",
			"memoryrouter.providers.openai.timeout=0s", "memoryrouter.providers.openai.credential-header=X Token",
			"memoryrouter.providers.openai.base-url=https://x/v1?a=b", "memoryrouter.default-provider=nobody",
			"memoryrouter.default-model=echo" })
	void configureWhenValueIsWrongThenStartFails(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void configureWhenKeyIsGivenThenPropertiesDoNotShowIt() {
		this.runner.withPropertyValues("memoryrouter.providers.openai.api-key=sk-secret")
			.run((context) -> assertThat(context.getBean(MemoryGatewayProperties.class)).asString()
				.doesNotContain("sk-secret"));
	}

}
