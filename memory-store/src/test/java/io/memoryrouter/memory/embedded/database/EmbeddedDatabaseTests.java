package io.memoryrouter.memory.embedded.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.memoryrouter.memory.MemoryStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EmbeddedDatabase}.
 */
class EmbeddedDatabaseTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@TempDir
	private Path parent;

	@Test
	void openWhenFolderIsMissingThenMakesItForItsOwnerOnly() throws Exception {
		Path folder = this.parent.resolve("data ü?#%41/store");
		try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
			await(database.write((connection) -> insert(connection, 1)));
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
			try (Stream<Path> files = Files.list(folder)) {
				assertThat(files.toList()).hasSizeGreaterThanOrEqualTo(3)
					.allSatisfy((file) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
						.isEqualTo("rw-------"));
			}
		}
	}

	@Test
	void writeWhenManyWaitThenEachIsCommittedAndOneThatFailsIsUndoneAlone() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.parent)) {
			List<Boolean> outcomes = Flux.range(1, 500).flatMapSequential((number) -> database.write((connection) -> {
				insert(connection, number);
				if (number % 7 == 0) {
					throw new IllegalArgumentException("seven");
				}
				return true;
			}).onErrorReturn(IllegalArgumentException.class, false), 500).collectList().block(TIMEOUT);
			assertThat(outcomes).hasSize(500).filteredOn((outcome) -> outcome).hasSize(429);
			assertThat(await(database.read(EmbeddedDatabaseTests::count))).isEqualTo(429);
		}
	}

	@Test
	void writeWhenTheTransactionOfAGroupIsLostThenTheOthersAreStillCommitted() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.parent)) {
			CountDownLatch queued = new CountDownLatch(1);
			Mono<Boolean> holdsTheWriterUp = database.write((connection) -> awaitLatch(queued));
			Mono<List<Boolean>> group = Flux.range(0, 20).flatMapSequential((number) -> database.write((connection) -> {
				insert(connection, number);
				if (number == 10) {
					// As SQLite itself does after some errors of the disk.
					execute(connection, "ROLLBACK");
					throw new SQLException("lost");
				}
				return true;
			}).onErrorReturn(MemoryStoreException.class, false), 20)
				.collectList()
				.doOnSubscribe((subscription) -> Schedulers.single().schedule(queued::countDown));
			List<Boolean> outcomes = await(Mono.zip(holdsTheWriterUp, group)).getT2();
			assertThat(outcomes).hasSize(20);
			assertThat(outcomes.get(10)).isFalse();
			assertThat(outcomes).filteredOn((outcome) -> outcome).hasSize(19);
			assertThat(await(database.read(EmbeddedDatabaseTests::count))).isEqualTo(19);
		}
	}

	@Test
	void writeWhenTooManyWaitThenTheRestIsRefusedAndWhatWasAcceptedIsDone() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.parent)) {
			CountDownLatch holding = new CountDownLatch(1);
			CountDownLatch queued = new CountDownLatch(1);
			CompletableFuture<Boolean> holdsTheWriterUp = database.<Boolean>write((connection) -> {
				holding.countDown();
				return awaitLatch(queued);
			}).toFuture();
			// The writer takes whatever waits: it must be alone in its group.
			assertThat(awaitLatch(holding)).isTrue();
			List<CompletableFuture<Boolean>> writes = new ArrayList<>();
			for (int i = 0; i < 5_000; i++) {
				int number = i;
				writes.add(database.<Boolean>write((connection) -> insert(connection, number) == 1)
					.onErrorReturn(MemoryStoreException.Overloaded.class, false)
					.toFuture());
			}
			queued.countDown();
			assertThat(holdsTheWriterUp.join()).isTrue();
			long accepted = writes.stream().filter(CompletableFuture::join).count();
			assertThat(accepted).isEqualTo(4_096);
			assertThat(await(database.read(EmbeddedDatabaseTests::count))).isEqualTo((int) accepted);
		}
	}

	@Test
	void writeWhenSubscriberCancelsThenWorkIsDone() {
		EmbeddedDatabase database = EmbeddedDatabase.open(this.parent);
		for (int i = 0; i < 100; i++) {
			int number = i;
			database.write((connection) -> insert(connection, number)).subscribe().dispose();
		}
		database.close();
		try (EmbeddedDatabase reopened = EmbeddedDatabase.open(this.parent)) {
			assertThat(await(reopened.read(EmbeddedDatabaseTests::count))).isEqualTo(100);
		}
	}

	@Test
	void writeWhenClosedThenSaysSo() {
		EmbeddedDatabase database = EmbeddedDatabase.open(this.parent);
		database.close();
		database.close();
		assertThatExceptionOfType(MemoryStoreException.class)
			.isThrownBy(() -> await(database.write((connection) -> insert(connection, 1))))
			.withMessageContaining("closed");
		assertThatExceptionOfType(MemoryStoreException.class)
			.isThrownBy(() -> await(database.read(EmbeddedDatabaseTests::count)))
			.withMessageContaining("closed");
	}

	@Test
	void readWhenItWritesThenIsRefused() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.parent)) {
			assertThatExceptionOfType(MemoryStoreException.class)
				.isThrownBy(() -> await(database.read((connection) -> insert(connection, 1))));
			assertThat(await(database.read(EmbeddedDatabaseTests::count))).isZero();
		}
	}

	@Test
	void workWhenItEndsTheTransactionThenIsRefused() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.parent)) {
			assertThatExceptionOfType(MemoryStoreException.class)
				.isThrownBy(() -> await(database.write((connection) -> {
					connection.commit();
					return 1;
				})));
		}
	}

	private static boolean awaitLatch(CountDownLatch latch) {
		try {
			return latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	static <T> T await(Mono<T> mono) {
		T result = mono.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	private static int insert(Connection connection, int number) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("INSERT INTO vault (id) VALUES (?)")) {
			statement.setString(1, "vault" + number);
			return statement.executeUpdate();
		}
	}

	private static int count(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM vault");
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getInt(1);
		}
	}

}
