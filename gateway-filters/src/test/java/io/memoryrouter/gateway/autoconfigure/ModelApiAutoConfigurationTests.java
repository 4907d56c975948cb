package io.memoryrouter.gateway.autoconfigure;

import java.util.List;

import io.memoryrouter.gateway.models.ModelCatalog;
import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.ModelListHandler;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

class ModelApiAutoConfigurationTests extends AutoConfigurationContract {

	ModelApiAutoConfigurationTests() {
		super(application(MemoryGatewayAutoConfiguration.class, ModelApiAutoConfiguration.class)
			.withBean(HttpClient.class, HttpClient::create));
	}

	static List<Class<?>> beans() {
		return List.of(ModelListClient.class, ModelCatalog.class, ModelListHandler.class);
	}

	@Test
	void configureWhenTurnedOffThenRequestsForTheListAreLikeAnyOther() {
		this.runner.withPropertyValues("memoryrouter.api.models.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ModelListHandler.class)
				.hasSingleBean(ModelListClient.class));
	}

	@Test
	void configureWhenTheGatewayIsOffThenNothingIsThere() {
		this.runner.withPropertyValues("spring.cloud.gateway.server.webflux.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ModelListHandler.class));
	}

}
