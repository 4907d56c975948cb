package io.memoryrouter.keys.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.encryption.SecretCipher;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Moves stored keys to the encryption key that is the first of the set, while the process
 * runs. On a thread of its own, at each interval:
 * <ol>
 * <li>the set is read anew;</li>
 * <li>stored keys that another encryption key encrypted are encrypted with the first one,
 * {@value #BATCH} at a time. Each replaces the old one only if that is unchanged, so that
 * a key stored meanwhile stays and several processes may do the same.</li>
 * </ol>
 * What was not reached, because the process or the repository stopped, the next round
 * finds. What does not decrypt is left as it is and counted in the log.
 */
public final class EncryptionKeyRotation implements AutoCloseable {

	static final int BATCH = 100;

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(EncryptionKeyRotation.class);

	private final EncryptionKeySource source;

	private final ProviderKeyRepository repository;

	private final ProviderKeySealer sealer;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "memoryrouter-encryption-keys");
		thread.setDaemon(true);
		return thread;
	});

	private int undecryptable;

	/**
	 * Makes a rotation, which does nothing yet.
	 * @param source knows the encryption keys
	 * @param repository where the keys are
	 */
	public EncryptionKeyRotation(EncryptionKeySource source, ProviderKeyRepository repository) {
		this.source = source;
		this.repository = repository;
		this.sealer = new ProviderKeySealer(new SecretCipher(source));
	}

	/**
	 * Begins, with a first round at once.
	 * @param interval the time between two rounds
	 */
	public void start(Duration interval) {
		this.thread.scheduleWithFixedDelay(this::runSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** A task that throws would never be run again. */
	private void runSafely() {
		try {
			run();
		}
		catch (RuntimeException ex) {
			if (!this.thread.isShutdown()) {
				logger.warn("Stored keys could not be encrypted anew; the next round tries again", ex);
			}
		}
	}

	/**
	 * One round. Blocks.
	 */
	void run() {
		this.source.refresh();
		EncryptionKeys keys = this.source.keys();
		if (keys.ids().isEmpty()) {
			return;
		}
		Round round = new Round(keys.currentId());
		round.run();
		report(round);
	}

	private void report(Round round) {
		if (round.moved > 0) {
			logger.info("{} stored keys were encrypted anew, with the key '{}'", round.moved, round.current);
		}
		if (round.undecryptable != this.undecryptable) {
			logger.warn("{} stored keys cannot be decrypted with any key of the set", round.undecryptable);
		}
		this.undecryptable = round.undecryptable;
	}

	/**
	 * How far each encryption key is in use, as this process knows the set.
	 * @return the keys of the set in its order, then unknown ones that would be needed
	 */
	public Mono<List<EncryptionKeyUsage>> usage() {
		return this.repository.countByEncryptionKey().map((counts) -> usage(this.source.keys(), counts));
	}

	private static List<EncryptionKeyUsage> usage(EncryptionKeys keys, Map<String, Long> counts) {
		Set<String> ids = new LinkedHashSet<>(keys.ids());
		ids.addAll(counts.keySet());
		List<EncryptionKeyUsage> usage = new ArrayList<>();
		for (String id : ids) {
			boolean known = keys.ids().contains(id);
			usage.add(new EncryptionKeyUsage(id, known && id.equals(keys.currentId()), known,
					counts.getOrDefault(id, 0L)));
		}
		return usage;
	}

	/**
	 * Ends. What is being encrypted anew is finished by the next start.
	 */
	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	/** One pass over what other keys encrypted. */
	private final class Round {

		private final String current;

		private int moved;

		private int undecryptable;

		Round(String current) {
			this.current = current;
		}

		void run() {
			SealedProviderKey last = null;
			List<SealedProviderKey> batch;
			do {
				batch = next(last);
				batch.forEach(this::move);
				last = batch.isEmpty() ? null : batch.get(batch.size() - 1);
			}
			while (batch.size() == BATCH && !Thread.currentThread().isInterrupted());
		}

		private List<SealedProviderKey> next(@Nullable SealedProviderKey last) {
			List<SealedProviderKey> batch = EncryptionKeyRotation.this.repository.findOthers(this.current, last, BATCH)
				.collectList()
				.block(CALL_TIMEOUT);
			return (batch != null) ? batch : List.of();
		}

		private void move(SealedProviderKey old) {
			try {
				SealedProviderKey anew = EncryptionKeyRotation.this.sealer.sealAnew(old);
				Boolean replaced = EncryptionKeyRotation.this.repository.replace(old, anew).block(CALL_TIMEOUT);
				this.moved += Boolean.TRUE.equals(replaced) ? 1 : 0;
			}
			catch (UndecryptableSecretException ex) {
				this.undecryptable++;
			}
		}

	}

}
