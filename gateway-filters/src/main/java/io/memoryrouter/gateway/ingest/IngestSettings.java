package io.memoryrouter.gateway.ingest;

import java.time.Duration;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How answers are read along and stored.
 *
 * @param hold how long the end of an answer waits for the exchange to be durable
 * @param maxAnswerSize the most that is kept of an answer's text; what is over is left
 * out, and the memory is marked partial
 * @param maxPending how many exchanges may wait for the store at a time
 */
public record IngestSettings(Duration hold, DataSize maxAnswerSize, int maxPending) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public IngestSettings {
		Assert.isTrue(!hold.isNegative(), "An answer is held for no time or more");
		Assert.isTrue(maxAnswerSize.toBytes() > 0 && maxAnswerSize.toBytes() < Integer.MAX_VALUE,
				"What is kept of an answer is more than 0 and less than 2 GB");
		Assert.isTrue(maxPending > 0, "At least one exchange may wait for the store");
	}

}
