package io.memoryrouter.memory.embedded;

/**
 * The statements of the memory store. The tables are in
 * {@code migration/V1__memories.sql}.
 */
final class Sql {

	/** What {@link MemoryRows} reads. */
	static final String COLUMNS = """
			m.sequence, m.id, m.session, m.role, m.created_at, m.partial, m.model, m.speaker, m.text, k.key""";

	private static final String MEMORIES = " FROM memory m JOIN seal k ON k.sequence = m.sequence ";

	private static final String OF_VAULT = " WHERE m.vault = (SELECT number FROM vault WHERE id = ?) ";

	/** The number of a vault, by its id. */
	static final String VAULT_NUMBER = "SELECT number FROM vault WHERE id = ?";

	static final String ADD_VAULT = "INSERT INTO vault (id) VALUES (?) ON CONFLICT (id) DO NOTHING";

	/** Reserves positions: the last of them comes back. */
	static final String ADVANCE_LOG = "UPDATE log_end SET position = position + ? RETURNING position";

	static final String EXISTS = "SELECT 1 FROM memory WHERE vault = ? AND id = ?";

	static final String INSERT = """
			INSERT INTO memory (vault, position, id, session, role, characters, created_at, partial, speaker, text)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			RETURNING sequence""";

	static final String ADD_KEY = "INSERT INTO seal (sequence, key) VALUES (?, ?)";

	/** In place, as all keys have one length. */
	static final String REPLACE_KEY = "UPDATE seal SET key = ? WHERE sequence = ?";

	static final String FORGET_DELETION = "DELETE FROM tombstone WHERE vault = ? AND id = ?";

	static final String REPLACE_TEXT = """
			UPDATE memory SET position = ?, characters = ?, model = '', speaker = ?, text = ? WHERE sequence = ?""";

	static final String DROP_VECTOR = "DELETE FROM embedding WHERE sequence = ?";

	static final String SET_MODEL = "UPDATE memory SET position = ?, model = ? WHERE sequence = ?";

	static final String SET_VECTOR = """
			INSERT INTO embedding (sequence, vector) VALUES (?, ?)
			ON CONFLICT (sequence) DO UPDATE SET vector = excluded.vector""";

	/** The vector goes with it. */
	static final String DELETE = "DELETE FROM memory WHERE vault = ? AND id = ? RETURNING sequence";

	static final String RECORD_DELETION = """
			INSERT INTO tombstone (vault, position, id, deleted_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (vault, id) DO UPDATE SET position = excluded.position, deleted_at = excluded.deleted_at""";

	static final String LAST_SEQUENCE = "SELECT coalesce(max(sequence), 0) FROM memory";

	static final String IDS_OF_VAULT = "SELECT id FROM memory WHERE vault = ?1 AND sequence <= ?2 LIMIT ?3";

	static final String IDS_OF_SESSION = """
			SELECT id FROM memory WHERE vault = ?1 AND sequence <= ?2 AND session = ?4 LIMIT ?3""";

	static final String COUNT_OF_VAULT = """
			SELECT count(*) FROM memory WHERE vault = (SELECT number FROM vault WHERE id = ?)""";

	static final String COUNT_OF_SESSION = """
			SELECT count(*) FROM memory WHERE vault = (SELECT number FROM vault WHERE id = ?) AND session = ?""";

	/** Both halves are read in the order of their index and merged. */
	static final String CHANGES = "SELECT m.position, " + COLUMNS + ", e.vector" + MEMORIES + """
			LEFT JOIN embedding e ON e.sequence = m.sequence
			WHERE m.vault = ?1 AND m.position > ?2
			UNION ALL
			SELECT t.position, NULL, t.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
			FROM tombstone t
			WHERE t.vault = ?1 AND t.position > ?2
			ORDER BY 1 LIMIT ?3""";

	static final String FIND = "SELECT " + COLUMNS + MEMORIES + OF_VAULT + "AND m.id = ?";

	/** {@link MemoryPager} adds what the filter says, and the order. */
	static final String LIST = "SELECT " + COLUMNS + MEMORIES + OF_VAULT;

	static final String STATS = """
			SELECT count(*) AS memories, count(DISTINCT session) AS sessions,
				coalesce(sum(characters), 0) AS characters, count(*) FILTER (WHERE model = '') AS pending,
				min(created_at) AS oldest, max(created_at) AS newest
			FROM memory WHERE vault = (SELECT number FROM vault WHERE id = ?)""";

	/** The next model after one, of those that have made vectors. */
	static final String NEXT_MODEL = "SELECT min(model) AS model FROM memory WHERE model > ?";

	static final String PENDING = "SELECT " + COLUMNS + ", m.vault AS vault_number, v.id AS vault_id" + MEMORIES + """
			JOIN vault v ON v.number = m.vault
			WHERE m.model = ? ORDER BY m.sequence LIMIT ?""";

	static final String PREVIOUS = "SELECT " + COLUMNS + MEMORIES + """
			WHERE m.vault = ? AND m.session = ? AND (m.created_at, m.sequence) < (?, ?)
			ORDER BY m.created_at DESC, m.sequence DESC LIMIT 1""";

	private Sql() {
	}

}
