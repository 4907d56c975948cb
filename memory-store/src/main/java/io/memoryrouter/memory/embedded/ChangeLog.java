package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.VaultId;

/**
 * Reads a vault's log page by page, so that neither a large vault nor large texts have to
 * fit into memory at once.
 * <p>
 * Pages are read one after the other, each from a newer state of the database than the
 * one before. What changes meanwhile gets a higher position, so it is met again later and
 * nothing is lost; the first page that is not full is the end.
 */
final class ChangeLog {

	private static final int MAX_CHANGES = 1_000;

	private static final int MAX_CHARACTERS = 4 * 1_024 * 1_024;

	private final MemoryRows memories = new MemoryRows();

	private final VaultId vault;

	ChangeLog(VaultId vault) {
		this.vault = vault;
	}

	Page read(Connection connection, long after) throws SQLException {
		long number = VaultNumbers.find(connection, this.vault);
		try (PreparedStatement statement = connection.prepareStatement(Sql.CHANGES)) {
			statement.setLong(1, number);
			statement.setLong(2, after);
			statement.setInt(3, MAX_CHANGES);
			try (ResultSet rows = statement.executeQuery()) {
				return page(rows, after);
			}
		}
	}

	private Page page(ResultSet rows, long after) throws SQLException {
		List<Change> changes = new ArrayList<>();
		long characters = 0;
		long end = after;
		while (characters < MAX_CHARACTERS && rows.next()) {
			Change change = change(rows);
			changes.add(change);
			end = change.position();
			if (change instanceof Change.Put put) {
				characters += put.memory().text().length();
			}
		}
		boolean last = changes.size() < MAX_CHANGES && characters < MAX_CHARACTERS;
		return new Page(changes, end, last);
	}

	private Change change(ResultSet row) throws SQLException {
		long position = row.getLong("position");
		long sequence = row.getLong("sequence");
		if (row.wasNull()) {
			return new Change.Delete(position, row.getString("id"));
		}
		return new Change.Put(position, sequence, this.memories.memory(row, this.vault), this.memories.embedding(row));
	}

	/**
	 * A part of the log.
	 *
	 * @param changes the changes, in order
	 * @param end the position of the last one, or the position that was read from
	 * @param last whether there was nothing behind it
	 */
	record Page(List<Change> changes, long end, boolean last) {

	}

}
