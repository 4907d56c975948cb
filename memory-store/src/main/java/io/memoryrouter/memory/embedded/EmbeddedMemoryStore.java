package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.SqlFunction;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Erasure;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryPage;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.VaultStats;
import io.memoryrouter.memory.paging.SealedCursors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Memories in an {@link EmbeddedDatabase}. The log of a vault is a view of its table:
 * each row has the position of its last change, and what is deleted leaves its id behind.
 * What a memory says is sealed with a key of its own, which is overwritten when it goes.
 */
public final class EmbeddedMemoryStore implements MemoryStore {

	private static final int MAX_APPENDED = 10_000;

	private static final int MAX_READ = 1_000;

	private static final int READ_ALL_PAGE = 100;

	private final EmbeddedDatabase database;

	private final SealedCursors cursors;

	private final LatestPositions latest = new LatestPositions();

	private final MemoryAppender appender = new MemoryAppender();

	private final MemoryEditor editor = new MemoryEditor();

	private final MemoryDeleter deleter = new MemoryDeleter(Clock.systemUTC());

	private final Eraser eraser;

	/**
	 * Uses a database, whose opening and closing is the caller's.
	 * @param database the database
	 */
	public EmbeddedMemoryStore(EmbeddedDatabase database) {
		this.database = database;
		this.cursors = database.cursors();
		this.eraser = new Eraser(database, this.deleter, this.latest);
	}

	@Override
	public Mono<List<String>> append(VaultId vault, List<Memory> memories) {
		return Mono.defer(() -> {
			requireAppendable(vault, memories);
			List<Memory> copy = List.copyOf(memories);
			return copy.isEmpty() ? Mono.just(List.of())
					: write(vault, (connection) -> this.appender.append(connection, vault, copy));
		});
	}

	private static void requireAppendable(VaultId vault, List<Memory> memories) {
		require(memories.size() <= MAX_APPENDED, "At most " + MAX_APPENDED + " memories are appended at once");
		for (Memory memory : memories) {
			require(memory.vault().equals(vault), "A memory is of another vault than the one it is appended to");
			require(!memory.text().isBlank(), "The text of a memory is not blank");
			require(isInMillis(memory.createdAt()), "The time of a memory is too far away");
		}
	}

	private static boolean isInMillis(Instant instant) {
		return instant.isAfter(Instant.ofEpochMilli(Long.MIN_VALUE))
				&& instant.isBefore(Instant.ofEpochMilli(Long.MAX_VALUE));
	}

	@Override
	public Flux<Change> changes(VaultId vault, long after) {
		return Flux.defer(() -> this.latest.isEnd(vault, after) ? Flux.empty()
				: page(vault, after).expand((page) -> page.last() ? Mono.empty() : page(vault, page.end()))
					.concatMapIterable(ChangeLog.Page::changes, 1));
	}

	private Mono<ChangeLog.Page> page(VaultId vault, long after) {
		return this.database.read((connection) -> {
			long commits = this.latest.commits();
			ChangeLog.Page page = new ChangeLog(vault).read(connection, after);
			if (page.last()) {
				this.latest.found(vault, page.end(), commits);
			}
			return page;
		});
	}

	@Override
	public Flux<Memory> find(VaultId vault, Collection<String> ids) {
		return Mono.<List<Memory>>defer(() -> {
			require(ids.size() <= MAX_READ, "At most " + MAX_READ + " memories are read at once");
			Set<String> distinct = Set.copyOf(ids);
			return this.database.read((connection) -> find(connection, vault, distinct));
		}).flatMapIterable((memories) -> memories);
	}

	private static List<Memory> find(Connection connection, VaultId vault, Set<String> ids) throws SQLException {
		MemoryRows memories = new MemoryRows();
		List<Memory> found = new ArrayList<>(ids.size());
		try (PreparedStatement statement = connection.prepareStatement(Sql.FIND)) {
			statement.setString(1, vault.value());
			for (String id : ids) {
				statement.setString(2, id);
				try (ResultSet row = statement.executeQuery()) {
					if (row.next()) {
						found.add(memories.memory(row, vault));
					}
				}
			}
		}
		return found;
	}

	@Override
	public Mono<MemoryPage> list(VaultId vault, MemoryFilter filter, @Nullable String cursor, int limit) {
		return Mono.defer(() -> {
			requireLimit(limit);
			PageCursor after = (cursor != null) ? PageCursor.open(cursor, this.cursors, vault, filter) : null;
			return this.database.<MemoryPager.Page>read(
					(connection) -> MemoryPager.newestFirst(vault, filter).page(connection, after, limit))
				.map((page) -> new MemoryPage(page.memories(),
						(page.next() != null) ? page.next().seal(this.cursors, vault, filter) : null));
		});
	}

	@Override
	public Flux<Memory> readAll(VaultId vault) {
		return Flux.defer(() -> oldest(vault, null)
			.expand((page) -> (page.next() != null) ? oldest(vault, page.next()) : Mono.empty())
			.concatMapIterable(MemoryPager.Page::memories, 1));
	}

	private Mono<MemoryPager.Page> oldest(VaultId vault, @Nullable PageCursor after) {
		return this.database
			.read((connection) -> MemoryPager.oldestFirst(vault).page(connection, after, READ_ALL_PAGE));
	}

	@Override
	public Mono<Memory> replaceText(VaultId vault, String id, String text) {
		return Mono.defer(() -> {
			require(!text.isBlank(), "The text of a memory is not blank");
			return this.eraser.scrubAfter(
					this.<Memory>write(vault, (connection) -> this.editor.replaceText(connection, vault, id, text)));
		});
	}

	@Override
	public Mono<Boolean> delete(VaultId vault, String id) {
		return this.eraser
			.scrubAfter(this.<Integer>write(vault,
					(connection) -> this.deleter.delete(connection, VaultNumbers.find(connection, vault), List.of(id))))
			.map((deleted) -> deleted > 0);
	}

	@Override
	public Mono<Erasure> erase(VaultId vault, @Nullable SessionId session) {
		return this.eraser.erase(vault, session);
	}

	@Override
	public Mono<VaultStats> stats(VaultId vault) {
		return this.database.read((connection) -> stats(connection, vault));
	}

	private static VaultStats stats(Connection connection, VaultId vault) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.STATS)) {
			statement.setString(1, vault.value());
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return new VaultStats(row.getLong("memories"), row.getLong("sessions"), row.getLong("characters"),
						row.getLong("pending"), MemoryRows.instantOrNull(row, "oldest"),
						MemoryRows.instantOrNull(row, "newest"));
			}
		}
	}

	@Override
	public Flux<PendingEmbedding> pending(String model, int limit) {
		return Mono.<List<PendingEmbedding>>defer(() -> {
			requireLimit(limit);
			return this.database.read((connection) -> new PendingEmbeddings(connection).find(model, limit));
		}).flatMapIterable((pending) -> pending);
	}

	@Override
	public Mono<Void> embed(VaultId vault, Map<Memory, Embedding> embeddings) {
		Map<Memory, Embedding> copy = Map.copyOf(embeddings);
		return copy.isEmpty() ? Mono.empty()
				: write(vault, (connection) -> this.editor.embed(connection, vault, copy)).then();
	}

	private <T> Mono<T> write(VaultId vault, SqlFunction<? extends Written<? extends @Nullable T>> change) {
		return this.database
			.<Written<? extends @Nullable T>>write(change, (written) -> this.latest.committed(vault, written))
			.mapNotNull(Written::result);
	}

	private static void requireLimit(int limit) {
		require(limit >= 1 && limit <= MAX_READ, "A limit is 1 to " + MAX_READ);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
