package io.memoryrouter.sample;

import io.memoryrouter.sample.process.StopSignals;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A gateway in front of language models that remembers.
 * <p>
 * Exit codes: 0 when it was asked to stop, 1 when it could not start, with one line on
 * standard error that says why.
 */
@SpringBootApplication
public class SampleGatewayApplication {

	/**
	 * Starts the gateway.
	 * @param args properties, as {@code --server.port=8080}
	 */
	public static void main(String[] args) {
		StopSignals.exitCleanly();
		try {
			SpringApplication.run(SampleGatewayApplication.class, args);
		}
		catch (SpringApplication.AbandonedRunException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// It was reported; threads that a failed start left behind must not keep the
			// process.
			System.exit(1);
		}
	}

}
