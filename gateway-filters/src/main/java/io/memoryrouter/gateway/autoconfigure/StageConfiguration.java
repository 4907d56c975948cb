package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.support.FilterStage;
import io.memoryrouter.gateway.support.StageRunner;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The places in the gateway's chain where parts of the filters run.
 */
@Configuration(proxyBeanMethods = false)
class StageConfiguration {

	@Bean
	StageRunner memoryKeyStage() {
		return new StageRunner(FilterStage.KEY);
	}

	@Bean
	StageRunner memoryCaptureStage() {
		return new StageRunner(FilterStage.CAPTURE);
	}

	@Bean
	StageRunner memoryReadStage() {
		return new StageRunner(FilterStage.READ);
	}

	@Bean
	StageRunner memoryProviderStage() {
		return new StageRunner(FilterStage.PROVIDER);
	}

	@Bean
	StageRunner memoryContextStage() {
		return new StageRunner(FilterStage.CONTEXT);
	}

	@Bean
	StageRunner memoryNegotiateStage() {
		return new StageRunner(FilterStage.NEGOTIATE);
	}

}
