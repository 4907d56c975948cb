package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryStore.PendingEmbedding;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Finds the memories that have no vector of a model. Those without any come first: while
 * a whole store is embedded anew, what is said now does not wait behind it.
 */
final class PendingEmbeddings {

	private static final String NO_MODEL = "";

	private final MemoryRows memories = new MemoryRows();

	private final Connection connection;

	PendingEmbeddings(Connection connection) {
		this.connection = connection;
	}

	List<PendingEmbedding> find(String model, int limit) throws SQLException {
		List<PendingEmbedding> pending = new ArrayList<>();
		String other = NO_MODEL;
		while (other != null && pending.size() < limit) {
			if (!other.equals(model)) {
				addThoseOf(other, limit, pending);
			}
			other = nextModel(other);
		}
		return pending;
	}

	private void addThoseOf(String model, int limit, List<PendingEmbedding> pending) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(Sql.PENDING)) {
			statement.setString(1, model);
			statement.setInt(2, limit - pending.size());
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					Memory memory = this.memories.memory(rows, new VaultId(rows.getString("vault_id")));
					pending.add(new PendingEmbedding(memory,
							previous(memory, rows.getLong("vault_number"), rows.getLong("sequence"))));
				}
			}
		}
	}

	private @Nullable String nextModel(String model) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(Sql.NEXT_MODEL)) {
			statement.setString(1, model);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getString("model") : null;
			}
		}
	}

	private @Nullable Memory previous(Memory memory, long vault, long sequence) throws SQLException {
		if (memory.session() == null) {
			return null;
		}
		try (PreparedStatement statement = this.connection.prepareStatement(Sql.PREVIOUS)) {
			statement.setLong(1, vault);
			statement.setString(2, memory.session().value());
			statement.setLong(3, memory.createdAt().toEpochMilli());
			statement.setLong(4, sequence);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? this.memories.memory(row, memory.vault()) : null;
			}
		}
	}

}
