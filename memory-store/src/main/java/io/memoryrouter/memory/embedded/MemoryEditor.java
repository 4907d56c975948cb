package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Changes memories: their text, their vector. Inside a transaction of the writer.
 */
final class MemoryEditor {

	private final Seal seal = new Seal();

	private final MemoryRows rows = new MemoryRows();

	/**
	 * Changes a text and drops the vector that was made of the old one.
	 * @param connection the connection
	 * @param vault the vault
	 * @param id the memory's id
	 * @param text the new text
	 * @return the memory as it is now, or {@code null} if there is none
	 * @throws SQLException if the database says no
	 */
	Written<@Nullable Memory> replaceText(Connection connection, VaultId vault, String id, String text)
			throws SQLException {
		Stored stored = find(connection, vault, id);
		if (stored == null) {
			return Written.nothing(null);
		}
		Memory changed = withText(stored.memory, WellFormed.text(text));
		long position = LogEnd.reserve(connection, 1);
		// A new key, so that the old text is gone for good.
		byte[] key = Seal.newKey();
		SealKeys.replace(connection, stored.sequence, key);
		try (PreparedStatement statement = connection.prepareStatement(Sql.REPLACE_TEXT)) {
			statement.setLong(1, position);
			statement.setInt(2, changed.text().length());
			statement.setBytes(3, this.seal.sealOrNull(key, changed.speaker()));
			statement.setBytes(4, this.seal.sealText(key, changed.text()));
			statement.setLong(5, stored.sequence);
			statement.executeUpdate();
		}
		dropVector(connection, stored.sequence);
		return new Written<>(changed, position);
	}

	private static Memory withText(Memory memory, String text) {
		return new Memory(memory.id(), memory.vault(), memory.session(), memory.role(), memory.speaker(), text,
				memory.createdAt(), memory.partial());
	}

	private static void dropVector(Connection connection, long sequence) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.DROP_VECTOR)) {
			statement.setLong(1, sequence);
			statement.executeUpdate();
		}
	}

	/**
	 * Adds vectors to those memories whose text is still the one that was embedded.
	 * @param connection the connection
	 * @param vault the vault
	 * @param embeddings the vectors by what was embedded
	 * @return how many were added
	 * @throws SQLException if the database says no
	 */
	Written<Integer> embed(Connection connection, VaultId vault, Map<Memory, Embedding> embeddings)
			throws SQLException {
		long position = LogEnd.reserve(connection, embeddings.size());
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

	/** A memory, and what only the store knows of it. */
	private static final class Stored {

		private final long sequence;

		private final byte[] key;

		private final Memory memory;

		Stored(long sequence, byte[] key, Memory memory) {
			this.sequence = sequence;
			this.key = key;
			this.memory = memory;
		}

	}

}
