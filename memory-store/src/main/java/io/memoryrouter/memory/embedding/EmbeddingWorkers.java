package io.memoryrouter.memory.embedding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.memoryrouter.memory.Embedding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The threads that embed, and the model that they share: the first one loads it, the last
 * one to leave closes it, so that its memory is never freed under a computation.
 */
final class EmbeddingWorkers {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddingWorkers.class);

	private static final long MAX_CLOSE_SECONDS = 10;

	private final String model;

	private final EmbeddingQueue queue;

	private final Supplier<? extends TextEncoder> loader;

	private final CompletableFuture<TextEncoder> encoder = new CompletableFuture<>();

	private final AtomicInteger running = new AtomicInteger();

	private final CountDownLatch ended = new CountDownLatch(1);

	EmbeddingWorkers(String model, EmbeddingQueue queue, Supplier<? extends TextEncoder> loader) {
		this.model = model;
		this.queue = queue;
		this.loader = loader;
	}

	void start(int workers) {
		this.running.set(workers + 1);
		thread("query", () -> {
			load();
			work(false);
		});
		for (int i = 1; i <= workers; i++) {
			thread(String.valueOf(i), () -> work(true));
		}
	}

	private void thread(String name, Runnable task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			finally {
				leave();
			}
		}, "memoryrouter-embedder-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	private void load() {
		long start = System.nanoTime();
		try {
			this.encoder.complete(this.loader.get());
			logger.debug("Loaded the model {} in {} ms", this.model,
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		}
		catch (RuntimeException | Error ex) {
			logger.error("Nothing can be embedded: {}", ex.getMessage(), ex);
			this.encoder.completeExceptionally(ex);
		}
	}

	Mono<Void> ready() {
		return Mono.fromFuture(this.encoder, true).then();
	}

	private void work(boolean withPassages) {
		try {
			EmbeddingJob job = this.queue.take(withPassages);
			while (job != null) {
				embed(job);
				job = this.queue.take(withPassages);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void embed(EmbeddingJob job) {
		try {
			job.complete(new Embedding(this.model, loaded().encode(job.prefixedText())));
		}
		catch (RuntimeException | Error ex) {
			job.fail(failure(ex));
		}
	}

	private TextEncoder loaded() {
		try {
			return this.encoder.join();
		}
		catch (CompletionException ex) {
			throw failure((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	private static EmbeddingException failure(Throwable cause) {
		return (cause instanceof EmbeddingException known) ? known
				: new EmbeddingException("The embedder failed: " + cause.getClass().getName(), cause);
	}

	private void leave() {
		if (this.running.decrementAndGet() > 0) {
			return;
		}
		try {
			if (this.encoder.isDone() && !this.encoder.isCompletedExceptionally()) {
				this.encoder.join().close();
			}
		}
		finally {
			this.ended.countDown();
		}
	}

	/**
	 * Waits, for a bounded time, until the threads have seen that the queue is closed and
	 * have ended. What one of them still computes after that is left to it.
	 */
	void awaitEnd() {
		try {
			if (!this.ended.await(MAX_CLOSE_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("The embedder is still at work after {} s; its memory is freed when it ends",
						MAX_CLOSE_SECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
