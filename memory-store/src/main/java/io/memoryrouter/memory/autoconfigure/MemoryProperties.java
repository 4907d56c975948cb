package io.memoryrouter.memory.autoconfigure;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.encryption.FileEncryptionKeySource;
import io.memoryrouter.keys.encryption.InvalidEncryptionKeysException;
import io.memoryrouter.memory.embedding.OnnxEmbedderSettings;
import io.memoryrouter.memory.ingest.IngestSettings;
import io.memoryrouter.memory.retrieval.RetrievalSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of the memory side.
 *
 * @param store where memories and keys are kept
 * @param embedding how texts become vectors
 * @param retrieval how memories are found
 * @param ingest how memories are taken in
 * @param admin who may administer
 * @param encryption how stored provider keys are encrypted
 */
@ConfigurationProperties("memoryrouter")
public record MemoryProperties(@DefaultValue Store store, @DefaultValue Embedding embedding,
		@DefaultValue Retrieval retrieval, @DefaultValue Ingest ingest, @DefaultValue Admin admin,
		@DefaultValue Encryption encryption) {

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/** The kinds of stores. */
	public enum StoreType {

		/** A database in a folder that this process owns. */
		EMBEDDED

	}

	/**
	 * Where memories and keys are kept.
	 *
	 * @param type which kind of store
	 * @param embedded the embedded store
	 */
	public record Store(@DefaultValue("embedded") StoreType type, @DefaultValue Embedded embedded) {

	}

	/**
	 * The embedded store.
	 *
	 * @param path the folder of the database, made if there is none, readable by its
	 * owner alone. One process at a time can use it
	 */
	public record Embedded(@DefaultValue("./data") String path) {

		/**
		 * Checks the form.
		 */
		public Embedded {
			require(!path.isBlank(), "path is the name of a folder");
			folder(path);
		}

		Path folder() {
			return folder(this.path);
		}

		private static Path folder(String path) {
			try {
				return Path.of(path);
			}
			catch (InvalidPathException ex) {
				throw new IllegalArgumentException("path is not the name of a folder: " + ex.getReason(), ex);
			}
		}

	}

	/**
	 * How texts become vectors, in this process.
	 *
	 * @param workers the number of threads that embed, 1 to 64; a further one is kept for
	 * questions. By default one fewer than there are processors, at most 4. Each may need
	 * some 45 MB for a long text
	 * @param queueCapacity the greatest number of questions, and of passages, that wait
	 * to be embedded; what is beyond is refused
	 * @param queryCacheSize the number of questions whose vectors are kept for the next
	 * time, about 2 KB each; 0 for none
	 */
	public record Embedding(@Nullable Integer workers, @DefaultValue("1000") int queueCapacity,
			@DefaultValue("1000") int queryCacheSize) {

		/**
		 * Checks the ranges.
		 */
		public Embedding {
			settings(workers, queueCapacity, queryCacheSize);
		}

		OnnxEmbedderSettings settings() {
			return settings(this.workers, this.queueCapacity, this.queryCacheSize);
		}

		private static OnnxEmbedderSettings settings(@Nullable Integer workers, int queueCapacity, int queryCacheSize) {
			int threads = (workers != null) ? workers : OnnxEmbedderSettings.defaults().workers();
			return new OnnxEmbedderSettings(threads, queueCapacity, queryCacheSize);
		}

	}

	/**
	 * How memories are found.
	 *
	 * @param cacheSize how much memory the indexes of vaults may take; those not asked
	 * for longest are dropped and loaded again when they are needed
	 * @param threads how many recalls are ranked at once
	 */
	public record Retrieval(@DefaultValue("96MB") DataSize cacheSize, @DefaultValue("2") int threads) {

		/**
		 * Checks the ranges.
		 */
		public Retrieval {
			require(cacheSize.toBytes() > 0, "cache-size is positive, not " + cacheSize);
			require(threads >= 1 && threads <= 64, "threads is 1 to 64, not " + threads);
		}

		RetrievalSettings settings() {
			return RetrievalSettings.DEFAULT.withCacheBytes(this.cacheSize.toBytes()).withThreads(this.threads);
		}

	}

	/**
	 * How memories are taken in.
	 *
	 * @param maxTextLength the greatest length of one message, in characters, 1,000 to
	 * 10,000,000; what is longer is cut and marked partial
	 * @param redactSecrets whether what looks like a key, a token or a private key is
	 * replaced by {@code [redacted]} before it is stored
	 */
	public record Ingest(@DefaultValue("100000") int maxTextLength, @DefaultValue("true") boolean redactSecrets) {

		/**
		 * Checks the ranges.
		 */
		public Ingest {
			IngestSettings.defaults().withMaxTextLength(maxTextLength);
		}

		IngestSettings settings() {
			return IngestSettings.defaults().withMaxTextLength(this.maxTextLength);
		}

	}

	/**
	 * Who may administer.
	 *
	 * @param token the administrator's bearer token, at least 16 characters. If there is
	 * none, the embedded store makes one at its first start
	 */
	public record Admin(@Nullable String token) {

		/**
		 * Checks the length. An empty token counts as none.
		 */
		public Admin {
			token = (token != null && !token.isEmpty()) ? token : null;
			adminToken(token);
		}

		@Nullable AdminToken adminToken() {
			return adminToken(this.token);
		}

		private static @Nullable AdminToken adminToken(@Nullable String token) {
			return (token != null) ? AdminToken.of(token) : null;
		}

		@Override
		public String toString() {
			return "Admin[token=" + ((this.token != null) ? "***" : "none") + "]";
		}

	}

	/**
	 * How stored provider keys are encrypted.
	 *
	 * @param jwkset a JWK set of 256-bit keys of the type oct, as JSON, or file: and the
	 * path of a file that holds it. The first key encrypts, all decrypt. If there is
	 * none, the embedded store makes one in its folder; with another store no provider
	 * keys are stored
	 * @param refreshInterval how often the file is read again, and what is still
	 * encrypted with another key than the first is encrypted anew; 1 second to 1 hour
	 */
	public record Encryption(@Nullable String jwkset, @DefaultValue("30s") Duration refreshInterval) {

		private static final String PROPERTY = "memoryrouter.encryption.jwkset";

		private static final String FILE = "file:";

		/**
		 * Checks the range. An empty set counts as none.
		 */
		public Encryption {
			jwkset = (jwkset != null && !jwkset.isBlank()) ? jwkset.strip() : null;
			require(refreshInterval.toSeconds() >= 1 && refreshInterval.toSeconds() <= 3600,
					"refresh-interval is 1 second to 1 hour");
		}

		/**
		 * The keys that are configured.
		 * @return where they come from, or {@code null} if none are configured
		 * @throws InvalidEncryptionKeysException if they cannot be used
		 */
		@Nullable EncryptionKeySource source() {
			if (this.jwkset == null) {
				return null;
			}
			if (this.jwkset.startsWith(FILE)) {
				return FileEncryptionKeySource.read(file(this.jwkset), PROPERTY);
			}
			EncryptionKeys keys = EncryptionKeys.parse(this.jwkset, PROPERTY);
			return () -> keys;
		}

		private static Path file(String location) {
			try {
				return location.startsWith(FILE + "//") ? Path.of(URI.create(location))
						: Path.of(location.substring(FILE.length()));
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidEncryptionKeysException(PROPERTY + " is not the address of a file", null);
			}
		}

		@Override
		public String toString() {
			return "Encryption[jwkset=" + ((this.jwkset != null) ? "***" : "none") + "]";
		}

	}

}
