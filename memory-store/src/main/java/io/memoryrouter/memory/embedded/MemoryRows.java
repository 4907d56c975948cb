package io.memoryrouter.memory.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Reads memories out of rows that have {@link Sql#COLUMNS}. Used by one thread at a time.
 */
final class MemoryRows {

	private final Seal seal = new Seal();

	Memory memory(ResultSet row, VaultId vault) throws SQLException {
		String session = row.getString("session");
		byte[] speaker = row.getBytes("speaker");
		byte[] key = row.getBytes("key");
		return new Memory(row.getString("id"), vault, (session != null) ? new SessionId(session) : null,
				Role.valueOf(row.getString("role")), (speaker != null) ? this.seal.openText(key, speaker) : null,
				this.seal.openText(key, row.getBytes("text")), Instant.ofEpochMilli(row.getLong("created_at")),
				row.getBoolean("partial"));
	}

	@Nullable Embedding embedding(ResultSet row) throws SQLException {
		byte[] vector = row.getBytes("vector");
		if (vector == null) {
			return null;
		}
		return new Embedding(row.getString("model"), Vectors.fromBytes(this.seal.open(row.getBytes("key"), vector)));
	}

	static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

}
