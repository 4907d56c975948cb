package io.memoryrouter.gateway.context;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How many blocks are remembered for {@link Sticky#SESSION}.
 *
 * @param maxBytes the memory that they may take, about; positive
 * @param maxIdle how long the blocks of a conversation that does not go on are kept;
 * positive
 */
public record StickySettings(long maxBytes, Duration maxIdle) {

	/**
	 * Checks the ranges.
	 * @throws IllegalArgumentException if one is not positive
	 */
	public StickySettings {
		Assert.isTrue(maxBytes > 0, "The size of the blocks that are remembered is more than nothing");
		Assert.isTrue(maxIdle.compareTo(Duration.ZERO) > 0, "The time that blocks are remembered is more than nothing");
	}

}
