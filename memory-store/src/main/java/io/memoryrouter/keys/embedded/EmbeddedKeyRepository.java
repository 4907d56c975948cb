package io.memoryrouter.keys.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.memoryrouter.keys.KeyPage;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.KeyRepository;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.SqlFunction;
import io.memoryrouter.memory.embedded.database.Statements;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Memory Keys in an {@link EmbeddedDatabase}. Times are kept to the millisecond.
 */
public final class EmbeddedKeyRepository implements KeyRepository {

	private static final int MAX_LIMIT = 1_000;

	private final EmbeddedDatabase database;

	/**
	 * Uses a database, whose opening and closing is the caller's.
	 * @param database the database
	 */
	public EmbeddedKeyRepository(EmbeddedDatabase database) {
		this.database = database;
	}

	@Override
	public Mono<KeyRecord> findByHash(String hash) {
		return read((connection) -> KeyRows.only(connection, KeyRows.BY_HASH, hash));
	}

	@Override
	public Mono<KeyRecord> find(String account, String id) {
		return read((connection) -> KeyRows.only(connection, KeyRows.BY_ID, account, id));
	}

	@Override
	public Mono<KeyPage> list(String account, @Nullable String cursor, int limit) {
		return Mono.defer(() -> {
			if (limit < 1 || limit > MAX_LIMIT) {
				throw new IllegalArgumentException("A page has 1 to " + MAX_LIMIT + " keys");
			}
			long before = (cursor != null) ? KeyCursor.open(cursor, this.database.cursors(), account) : Long.MAX_VALUE;
			return read((connection) -> list(connection, account, before, limit));
		});
	}

	private KeyPage list(Connection connection, String account, long before, int limit) throws SQLException {
		List<KeyRecord> keys = new ArrayList<>();
		long last = before;
		try (PreparedStatement statement = Statements.prepare(connection, KeyRows.LIST, account, before, limit + 1);
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				if (keys.size() == limit) {
					return new KeyPage(keys, KeyCursor.seal(last, this.database.cursors(), account));
				}
				keys.add(KeyRows.read(rows));
				last = rows.getLong("number");
			}
		}
		return new KeyPage(keys, null);
	}

	@Override
	public Mono<Void> create(KeyRecord key, String hash) {
		return write((connection) -> {
			KeyVaults.claim(connection, key);
			KeyRows.insert(connection, key, hash);
			return null;
		});
	}

	@Override
	public Mono<KeyRecord> update(String account, String id, UnaryOperator<KeyRecord> change) {
		return write((connection) -> {
			KeyRecord old = KeyRows.only(connection, KeyRows.BY_ID, account, id);
			return (old != null) ? update(connection, change.apply(old)) : null;
		});
	}

	private static KeyRecord update(Connection connection, KeyRecord key) throws SQLException {
		KeyVaults.requireOwn(connection, key);
		KeyRows.update(connection, key);
		return key;
	}

	@Override
	public Mono<Replacement> replace(String account, String id, Function<KeyRecord, Replacement> change, String hash) {
		return write((connection) -> {
			KeyRecord old = KeyRows.only(connection, KeyRows.BY_ID, account, id);
			if (old == null) {
				return null;
			}
			Replacement replacement = change.apply(old);
			update(connection, replacement.old());
			KeyRows.insert(connection, replacement.successor(), hash);
			return replacement;
		});
	}

	private <T> Mono<T> read(SqlFunction<? extends @Nullable T> query) {
		return this.database.<T>read(query).onErrorMap(MemoryStoreException.class, EmbeddedKeyRepository::unavailable);
	}

	private <T> Mono<T> write(SqlFunction<? extends @Nullable T> work) {
		return this.database.<T>write(work).onErrorMap(MemoryStoreException.class, EmbeddedKeyRepository::unavailable);
	}

	private static KeyStoreUnavailableException unavailable(Throwable ex) {
		return new KeyStoreUnavailableException("Keys cannot be looked up in the embedded store", ex);
	}

}
