package io.memoryrouter.gateway.testing;

/**
 * A provider on this machine that answers as a test tells it and notes what it receives.
 */
public interface TestProvider extends AutoCloseable {

	/** Its address, without a path. */
	String url();

	/** Forgets what it received and was told. */
	void reset();

	@Override
	void close();

}
