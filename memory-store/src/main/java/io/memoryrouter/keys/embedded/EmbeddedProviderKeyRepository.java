package io.memoryrouter.keys.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.keys.provider.SealedProviderKey;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.SqlFunction;
import io.memoryrouter.memory.embedded.database.Statements;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Encrypted provider keys in an {@link EmbeddedDatabase}.
 */
public final class EmbeddedProviderKeyRepository implements ProviderKeyRepository {

	private static final String PUT = """
			INSERT INTO provider_key (account, provider, jwe, encryption_key, ending, updated_at)
			VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (account, provider) DO UPDATE SET jwe = excluded.jwe,
				encryption_key = excluded.encryption_key, ending = excluded.ending, updated_at = excluded.updated_at""";

	private static final String SELECT = """
			SELECT account, provider, jwe, encryption_key, ending, updated_at FROM provider_key WHERE\s""";

	private static final String FIND = SELECT + "account = ? AND provider = ?";

	private static final String FIND_ALL = SELECT + "account = ? ORDER BY provider";

	private static final String FIND_OTHERS = SELECT
			+ "encryption_key <> ? AND (account, provider) > (?, ?) ORDER BY account, provider LIMIT ?";

	private static final String DELETE = "DELETE FROM provider_key WHERE account = ? AND provider = ?";

	private static final String REPLACE = """
			UPDATE provider_key SET jwe = ?, encryption_key = ? WHERE account = ? AND provider = ? AND jwe = ?""";

	private static final String COUNT = """
			SELECT encryption_key, count(*) FROM provider_key GROUP BY encryption_key ORDER BY encryption_key""";

	private final EmbeddedDatabase database;

	/**
	 * Uses a database, whose opening and closing is the caller's.
	 * @param database the database
	 */
	public EmbeddedProviderKeyRepository(EmbeddedDatabase database) {
		this.database = database;
	}

	/** No copy of the key that was there before stays behind. */
	@Override
	public Mono<Void> put(SealedProviderKey key) {
		return this.database
			.writeAndScrub((connection) -> Statements.update(connection, PUT, key.account(), key.provider(), key.jwe(),
					key.encryptionKeyId(), key.ending(), key.updatedAt().toEpochMilli()))
			.onErrorMap(MemoryStoreException.class, EmbeddedProviderKeyRepository::unavailable)
			.then();
	}

	@Override
	public Mono<SealedProviderKey> find(String account, String provider) {
		return select(FIND, account, provider).next();
	}

	@Override
	public Flux<SealedProviderKey> findAll(String account) {
		return select(FIND_ALL, account);
	}

	@Override
	public Flux<SealedProviderKey> findOthers(String encryptionKeyId, @Nullable SealedProviderKey after, int limit) {
		String account = (after != null) ? after.account() : "";
		String provider = (after != null) ? after.provider() : "";
		return select(FIND_OTHERS, encryptionKeyId, account, provider, limit);
	}

	/** No copy of the key stays behind, though it be encrypted: its key is near. */
	@Override
	public Mono<Boolean> delete(String account, String provider) {
		return this.database.writeAndScrub((connection) -> Statements.update(connection, DELETE, account, provider) > 0)
			.onErrorMap(MemoryStoreException.class, EmbeddedProviderKeyRepository::unavailable);
	}

	@Override
	public Mono<Boolean> replace(SealedProviderKey old, SealedProviderKey replacement) {
		return this.database
			.write((connection) -> Statements.update(connection, REPLACE, replacement.jwe(),
					replacement.encryptionKeyId(), old.account(), old.provider(), old.jwe()) > 0)
			.onErrorMap(MemoryStoreException.class, EmbeddedProviderKeyRepository::unavailable);
	}

	@Override
	public Mono<Map<String, Long>> countByEncryptionKey() {
		return read((connection) -> {
			Map<String, Long> counts = new LinkedHashMap<>();
			try (PreparedStatement statement = connection.prepareStatement(COUNT);
					ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					counts.put(row.getString(1), row.getLong(2));
				}
			}
			return counts;
		});
	}

	private Flux<SealedProviderKey> select(String sql, Object... parameters) {
		return this.<List<SealedProviderKey>>read((connection) -> {
			List<SealedProviderKey> keys = new ArrayList<>();
			try (PreparedStatement statement = Statements.prepare(connection, sql, parameters);
					ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					keys.add(new SealedProviderKey(row.getString(1), row.getString(2), row.getString(3),
							row.getString(4), row.getString(5), Instant.ofEpochMilli(row.getLong(6))));
				}
			}
			return keys;
		}).flatMapIterable((keys) -> keys);
	}

	private <T> Mono<T> read(SqlFunction<T> work) {
		return this.database.<T>read(work)
			.onErrorMap(MemoryStoreException.class, EmbeddedProviderKeyRepository::unavailable);
	}

	private static KeyStoreUnavailableException unavailable(Throwable ex) {
		return new KeyStoreUnavailableException("Provider keys cannot be reached in the embedded store", ex);
	}

}
