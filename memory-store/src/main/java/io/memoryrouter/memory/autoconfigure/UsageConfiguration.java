package io.memoryrouter.memory.autoconfigure;

import java.time.Clock;

import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The counting of usage, where there is a store for it.
 * {@code memoryrouter.usage.enabled} turns it off.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(UsageStore.class)
@ConditionalOnBooleanProperty(name = "memoryrouter.usage.enabled", matchIfMissing = true)
class UsageConfiguration {

	@Bean
	@ConditionalOnMissingBean
	UsageRecorder usageRecorder(UsageStore store, ObjectProvider<MeterRegistry> meters, UsageProperties properties) {
		UsageRecorder recorder = new UsageRecorder(store, meters.getIfAvailable(CompositeMeterRegistry::new),
				Clock.systemUTC());
		recorder.start(properties.flushInterval());
		return recorder;
	}

}
