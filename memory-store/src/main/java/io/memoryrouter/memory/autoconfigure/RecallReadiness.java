package io.memoryrouter.memory.autoconfigure;

import java.time.Duration;

import io.memoryrouter.memory.retrieval.IndexedMemoryRetriever;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Warms recall up beside the rest of the start, and lets the application count as ready
 * when that is done: the first question has the same deadline as every other.
 * <p>
 * A recall that fails, say because the model cannot be loaded, does not keep the
 * application from starting: requests then go on without memory, and say so.
 */
final class RecallReadiness implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(RecallReadiness.class);

	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	private final Mono<Void> warmUp;

	RecallReadiness(IndexedMemoryRetriever retriever) {
		this.warmUp = retriever.warmUp().timeout(MAX_WAIT).onErrorResume(RecallReadiness::failed).cache();
		this.warmUp.subscribe();
	}

	private static Mono<Void> failed(Throwable ex) {
		logger.warn("Recall does not work yet; requests go on without memory", ex);
		return Mono.empty();
	}

	@Override
	public void run(ApplicationArguments args) {
		this.warmUp.block();
	}

}
