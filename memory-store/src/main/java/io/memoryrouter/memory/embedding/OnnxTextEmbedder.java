package io.memoryrouter.memory.embedding;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryrouter.memory.Embedding;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Embeds in this process, by the model e5-small-v2 with 8-bit weights on the CPU: 384
 * dimensions, a window of 512 word pieces, no network.
 * <ul>
 * <li>The model is loaded in the background from the moment the embedder is made; calls
 * wait for it. If it cannot be loaded, every call is an {@link EmbeddingException}
 * error.</li>
 * <li>A question goes before all passages that wait, and one thread is kept for questions
 * alone.</li>
 * <li>Where too many texts wait, a call is an {@link EmbeddingException.Overloaded}
 * error. A list of passages takes no more places than there are workers, however long it
 * is.</li>
 * <li>A call that is cancelled while it waits is not computed.</li>
 * <li>Results come on Reactor's parallel scheduler: what is done with them does not hold
 * up the embedder.</li>
 * </ul>
 */
public final class OnnxTextEmbedder implements TextEmbedder, AutoCloseable {

	/** The id of the model. */
	public static final String MODEL = "e5-small-v2-q8";

	private static final Duration CACHE_TIME = Duration.ofMinutes(10);

	private final int workers;

	private final EmbeddingQueue queue;

	private final EmbeddingWorkers threads;

	private final Cache<String, Embedding> queryCache;

	private OnnxTextEmbedder(OnnxEmbedderSettings settings, Supplier<? extends TextEncoder> loader) {
		this.workers = settings.workers();
		this.queue = new EmbeddingQueue(settings.queueCapacity());
		this.queryCache = Caffeine.newBuilder()
			.maximumSize(settings.queryCacheSize())
			.expireAfterAccess(CACHE_TIME)
			.build();
		this.threads = new EmbeddingWorkers(MODEL, this.queue, loader);
	}

	/**
	 * Makes an embedder and begins to load the model.
	 * @param settings how much it may use
	 * @return the embedder; to be closed
	 */
	public static OnnxTextEmbedder start(OnnxEmbedderSettings settings) {
		return start(settings, E5SmallEncoder::load);
	}

	static OnnxTextEmbedder start(OnnxEmbedderSettings settings, Supplier<? extends TextEncoder> loader) {
		OnnxTextEmbedder embedder = new OnnxTextEmbedder(settings, loader);
		embedder.threads.start(settings.workers());
		return embedder;
	}

	/**
	 * Tells when the model is loaded.
	 * @return completion, or the {@link EmbeddingException} that says why it could not be
	 */
	public Mono<Void> ready() {
		return this.threads.ready();
	}

	@Override
	public String model() {
		return MODEL;
	}

	@Override
	public int dimensions() {
		return E5SmallEncoder.DIMENSIONS;
	}

	@Override
	public Mono<Embedding> embedQuery(String text) {
		String key = (text.length() <= E5SmallEncoder.MAX_CHARACTERS) ? text
				: text.substring(0, E5SmallEncoder.MAX_CHARACTERS);
		return Mono.defer(() -> {
			Embedding known = this.queryCache.getIfPresent(key);
			return (known != null) ? Mono.just(known)
					: embed(EmbeddingJob.Kind.QUERY, key).doOnNext((embedding) -> this.queryCache.put(key, embedding));
		});
	}

	@Override
	public Mono<List<Embedding>> embedPassages(List<String> texts) {
		return Flux.fromIterable(texts)
			.flatMapSequential((text) -> embed(EmbeddingJob.Kind.PASSAGE, text), this.workers, 1)
			.collectList();
	}

	private Mono<Embedding> embed(EmbeddingJob.Kind kind, String text) {
		return Mono.<Embedding>create((sink) -> enqueue(kind, text, sink)).publishOn(Schedulers.parallel());
	}

	private void enqueue(EmbeddingJob.Kind kind, String text, MonoSink<Embedding> sink) {
		EmbeddingJob job = new EmbeddingJob(kind, text, sink);
		try {
			this.queue.add(job);
			sink.onCancel(() -> this.queue.remove(job));
		}
		catch (EmbeddingException ex) {
			sink.error(ex);
		}
	}

	/**
	 * Stops the embedder. Texts that wait are refused, those being embedded are finished,
	 * then the model's memory is freed.
	 */
	@Override
	public void close() {
		this.queue.close();
		this.threads.awaitEnd();
	}

}
