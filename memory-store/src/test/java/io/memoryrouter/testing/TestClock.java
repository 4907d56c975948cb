package io.memoryrouter.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until a test sets it.
 */
public final class TestClock extends Clock {

	private final Instant start;

	private volatile Instant now;

	public TestClock(Instant start) {
		this.start = start;
		this.now = start;
	}

	public void set(Instant now) {
		this.now = now;
	}

	public void advance(Duration duration) {
		this.now = this.now.plus(duration);
	}

	/** The nanoseconds since the start, as a monotonic clock beside this one has them. */
	public long nanos() {
		return Duration.between(this.start, this.now).toNanos();
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
