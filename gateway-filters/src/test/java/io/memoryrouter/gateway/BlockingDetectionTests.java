package io.memoryrouter.gateway;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The tests of this module see it when something blocks an event loop.
 */
class BlockingDetectionTests {

	@Test
	void blockWhenOnANonBlockingThreadThenItIsDetected() {
		Mono<Void> blocking = Mono.fromRunnable(BlockingDetectionTests::sleep);
		assertThatThrownBy(() -> blocking.subscribeOn(Schedulers.parallel()).block())
			.hasCauseInstanceOf(BlockingOperationError.class);
	}

	private static void sleep() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
