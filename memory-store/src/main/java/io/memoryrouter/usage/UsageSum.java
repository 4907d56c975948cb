package io.memoryrouter.usage;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * What was used of one key, provider, model, or on one day. What the counts are not
 * summed by is {@code null}.
 *
 * @param key the id of the Memory Key
 * @param provider the provider's name; also {@code null} for what went to none
 * @param model the model's name as the provider knows it; also {@code null} for what
 * named none
 * @param day the day in UTC
 * @param counts the sums
 */
public record UsageSum(@Nullable String key, @Nullable String provider, @Nullable String model, @Nullable LocalDate day,
		UsageCounts counts) {

}
