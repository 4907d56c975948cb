package io.memoryrouter.memory.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How usage is counted.
 *
 * @param flushInterval how often what was counted is written, 100 milliseconds to 1 hour;
 * a process that dies loses at most what it counted for so long
 * @param retention how long the counts of a day are kept, 1 to 36500 days
 */
@ConfigurationProperties("memoryrouter.usage")
record UsageProperties(@DefaultValue("5s") Duration flushInterval, @DefaultValue("731d") Duration retention) {

	/**
	 * Checks the ranges.
	 */
	UsageProperties {
		if (flushInterval.toMillis() < 100 || flushInterval.toMillis() > Duration.ofHours(1).toMillis()) {
			throw new IllegalArgumentException("flush-interval is 100 milliseconds to 1 hour");
		}
		if (retention.toDays() < 1 || retention.toDays() > 36500) {
			throw new IllegalArgumentException("retention is 1 to 36500 days");
		}
	}

}
