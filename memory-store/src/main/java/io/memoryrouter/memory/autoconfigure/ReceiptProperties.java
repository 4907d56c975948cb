package io.memoryrouter.memory.autoconfigure;

import java.time.Duration;

import io.memoryrouter.memory.receipt.InProcessReceiptStore;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many receipts are kept, and for how long. The first of the bounds that is reached
 * holds.
 *
 * @param maxCount the greatest number of receipts
 * @param maxSize the memory that they may take, about; one without texts takes some 5 KB
 * if 20 memories were found
 * @param maxAge how long a receipt is kept
 */
@ConfigurationProperties("memoryrouter.receipts")
record ReceiptProperties(@DefaultValue("10000") int maxCount, @DefaultValue("16MB") DataSize maxSize,
		@DefaultValue("24h") Duration maxAge) {

	/**
	 * Checks the ranges.
	 */
	ReceiptProperties {
		settings(maxCount, maxSize, maxAge);
	}

	InProcessReceiptStore.Settings settings() {
		return settings(this.maxCount, this.maxSize, this.maxAge);
	}

	private static InProcessReceiptStore.Settings settings(int maxCount, DataSize maxSize, Duration maxAge) {
		return new InProcessReceiptStore.Settings(maxCount, maxSize.toBytes(), maxAge);
	}

}
