package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;

/**
 * Adds memories, inside a transaction of the writer.
 */
final class MemoryAppender {

	private final Seal seal = new Seal();

	Written<List<String>> append(Connection connection, VaultId vault, List<Memory> memories) throws SQLException {
		long number = VaultNumbers.findOrAdd(connection, vault);
		long position = LogEnd.reserve(connection, memories.size());
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
			statement.setBytes(9, this.seal.sealOrNull(key, memory.speaker()));
			statement.setBytes(10, this.seal.sealText(key, text));
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				SealKeys.add(connection, row.getLong("sequence"), key);
			}
		}
	}

	private static void forgetDeletion(Connection connection, long vault, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.FORGET_DELETION)) {
			statement.setLong(1, vault);
			statement.setString(2, id);
			statement.executeUpdate();
		}
	}

}
