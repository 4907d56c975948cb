package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Changes memories, and gives each change its position in the log. Runs inside a
 * transaction of the writer: that positions only grow in the order of commits follows
 * from there being one.
 */
final class MemoryWriter {

	private final Clock clock;

	private final Seal seal = new Seal();

	private final MemoryRows rows = new MemoryRows();

	MemoryWriter(Clock clock) {
		this.clock = clock;
	}

	Written<List<String>> append(Connection connection, VaultId vault, List<Memory> memories) throws SQLException {
		long number = VaultNumbers.findOrAdd(connection, vault);
		long position = reserve(connection, memories.size());
		List<String> added = new ArrayList<>(memories.size());
		long end = 0;
		for (Memory memory : memories) {
			if (!exists(connection, number, memory.id())) {
				insert(connection, number, position, memory);
				forgetDeletion(connection, number, memory.id());
				added.add(memory.id());
				end = position;
			}
			position++;
		}
		return new Written<>(added, end);
	}

	private static boolean exists(Connection connection, long vault, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.EXISTS)) {
			statement.setLong(1, vault);
			statement.setString(2, id);
			try (ResultSet row = statement.executeQuery()) {
				return row.next();
			}
		}
	}

	private void insert(Connection connection, long vault, long position, Memory memory) throws SQLException {
		String text = WellFormed.text(memory.text());
		SessionId session = memory.session();
		byte[] key = Seal.newKey();
		try (PreparedStatement statement = connection.prepareStatement(Sql.INSERT)) {
			statement.setLong(1, vault);
			statement.setLong(2, position);
			statement.setString(3, memory.id());
			statement.setString(4, (session != null) ? session.value() : null);
			statement.setString(5, memory.role().name());
			statement.setInt(6, text.length());
			statement.setLong(7, memory.createdAt().toEpochMilli());
			statement.setBoolean(8, memory.partial());
			statement.setBytes(9, sealed(key, memory.speaker()));
			statement.setBytes(10, this.seal.sealText(key, text));
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				addKey(connection, row.getLong("sequence"), key);
			}
		}
	}

	private static void addKey(Connection connection, long sequence, byte[] key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.ADD_KEY)) {
			statement.setLong(1, sequence);
			statement.setBytes(2, key);
			statement.executeUpdate();
		}
	}

	private static void forgetDeletion(Connection connection, long vault, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.FORGET_DELETION)) {
			statement.setLong(1, vault);
			statement.setString(2, id);
			statement.executeUpdate();
		}
	}

	Written<@Nullable Memory> replaceText(Connection connection, VaultId vault, String id, String text)
			throws SQLException {
		Stored stored = find(connection, vault, id);
		if (stored == null) {
			return Written.nothing(null);
		}
		Memory changed = withText(stored.memory, WellFormed.text(text));
		long position = reserve(connection, 1);
		// A new key, so that the old text is gone for good.
		byte[] key = Seal.newKey();
		replaceKey(connection, stored.sequence, key);
		try (PreparedStatement statement = connection.prepareStatement(Sql.REPLACE_TEXT)) {
			statement.setLong(1, position);
			statement.setInt(2, changed.text().length());
			statement.setBytes(3, sealed(key, changed.speaker()));
			statement.setBytes(4, this.seal.sealText(key, changed.text()));
			statement.setLong(5, stored.sequence);
			statement.executeUpdate();
		}
		dropVector(connection, stored.sequence);
		return new Written<>(changed, position);
	}

	private byte @Nullable [] sealed(byte[] key, @Nullable String speaker) {
		return (speaker != null) ? this.seal.sealText(key, WellFormed.text(speaker)) : null;
	}

	private static Memory withText(Memory memory, String text) {
		return new Memory(memory.id(), memory.vault(), memory.session(), memory.role(), memory.speaker(), text,
				memory.createdAt(), memory.partial());
	}

	private @Nullable Stored find(Connection connection, VaultId vault, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.FIND)) {
			statement.setString(1, vault.value());
			statement.setString(2, id);
			try (ResultSet row = statement.executeQuery()) {
				return row.next()
						? new Stored(row.getLong("sequence"), row.getBytes("key"), this.rows.memory(row, vault)) : null;
			}
		}
	}

	private static void dropVector(Connection connection, long sequence) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.DROP_VECTOR)) {
			statement.setLong(1, sequence);
			statement.executeUpdate();
		}
	}

	/**
	 * Adds vectors.
	 * @param connection the connection
	 * @param vault the vault
	 * @param embeddings the vectors by what was embedded
	 * @return how many were added
	 * @throws SQLException if the database says no
	 */
	Written<Integer> embed(Connection connection, VaultId vault, Map<Memory, Embedding> embeddings)
			throws SQLException {
		long position = reserve(connection, embeddings.size());
		int added = 0;
		long end = 0;
		for (Map.Entry<Memory, Embedding> entry : embeddings.entrySet()) {
			Stored stored = find(connection, vault, entry.getKey().id());
			if (stored != null && stored.memory.text().equals(WellFormed.text(entry.getKey().text()))) {
				setVector(connection, stored, position, entry.getValue());
				added++;
				end = position;
			}
			position++;
		}
		return new Written<>(added, end);
	}

	private void setVector(Connection connection, Stored stored, long position, Embedding embedding)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.SET_MODEL)) {
			statement.setLong(1, position);
			statement.setString(2, embedding.model());
			statement.setLong(3, stored.sequence);
			statement.executeUpdate();
		}
		try (PreparedStatement statement = connection.prepareStatement(Sql.SET_VECTOR)) {
			statement.setLong(1, stored.sequence);
			statement.setBytes(2, this.seal.seal(stored.key, Vectors.toBytes(embedding.vector())));
			statement.executeUpdate();
		}
	}

	/**
	 * Deletes memories and leaves a note of each deletion in the log.
	 * @param connection the connection
	 * @param number the vault's number
	 * @param ids the memories' ids
	 * @return how many there were
	 * @throws SQLException if the database says no
	 */
	Written<Integer> delete(Connection connection, long number, List<String> ids) throws SQLException {
		long position = reserve(connection, ids.size());
		int deleted = 0;
		long end = 0;
		for (String id : ids) {
			if (delete(connection, number, id)) {
				recordDeletion(connection, number, position, id);
				deleted++;
				end = position;
			}
			position++;
		}
		return new Written<>(deleted, end);
	}

	private static boolean delete(Connection connection, long vault, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.DELETE)) {
			statement.setLong(1, vault);
			statement.setString(2, id);
			try (ResultSet row = statement.executeQuery()) {
				if (!row.next()) {
					return false;
				}
				replaceKey(connection, row.getLong("sequence"), new byte[Seal.KEY_LENGTH]);
				return true;
			}
		}
	}

	private static void replaceKey(Connection connection, long sequence, byte[] key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.REPLACE_KEY)) {
			statement.setBytes(1, key);
			statement.setLong(2, sequence);
			statement.executeUpdate();
		}
	}

	private void recordDeletion(Connection connection, long vault, long position, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.RECORD_DELETION)) {
			statement.setLong(1, vault);
			statement.setLong(2, position);
			statement.setString(3, id);
			statement.setLong(4, this.clock.millis());
			statement.executeUpdate();
		}
	}

	/**
	 * Reserves positions of the log.
	 * @param connection the connection
	 * @param count how many
	 * @return the first of them
	 * @throws SQLException if the database says no
	 */
	private static long reserve(Connection connection, int count) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.ADVANCE_LOG)) {
			statement.setLong(1, count);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1) - count + 1;
			}
		}
	}

	/**
	 * A memory, and what only the store knows of it.
	 *
	 * @param sequence its sequence
	 * @param key what it is sealed with
	 * @param memory the memory
	 */
	private record Stored(long sequence, byte[] key, Memory memory) {

	}

}
