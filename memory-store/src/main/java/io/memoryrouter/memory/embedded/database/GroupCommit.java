package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Does several pieces of work in one transaction, since it is the commit that costs.
 * <p>
 * Each piece has a savepoint, so that one which fails is undone alone. Where the
 * transaction as a whole is lost (the disk is full, the commit fails) each piece is tried
 * again in a transaction of its own, so that a large one does not sink small ones.
 * Outcomes are told after the commit and not before.
 */
final class GroupCommit {

	private final WriterConnection writer;

	GroupCommit(WriterConnection writer) {
		this.writer = writer;
	}

	void commit(List<? extends PendingWrite<?>> group) {
		try {
			commitTogether(group);
		}
		catch (SQLException ex) {
			this.writer.rollback(ex);
			if (group.size() > 1) {
				group.forEach((write) -> commit(List.of(write)));
				return;
			}
			group.forEach((write) -> write.fail(ex));
		}
		group.forEach(PendingWrite::settle);
	}

	private void commitTogether(List<? extends PendingWrite<?>> group) throws SQLException {
		Connection connection = this.writer.begin();
		for (PendingWrite<?> write : group) {
			this.writer.savepoint();
			if (write.run(connection)) {
				this.writer.release();
			}
			else {
				this.writer.undoToSavepoint();
			}
		}
		this.writer.commit();
		scrub(group.stream().filter(PendingWrite::isScrubbing).toList());
	}

	private void scrub(List<? extends PendingWrite<?>> group) {
		if (group.isEmpty()) {
			return;
		}
		try {
			this.writer.truncateLog();
		}
		catch (SQLException ex) {
			group.forEach((write) -> write.fail(ex));
		}
	}

}
