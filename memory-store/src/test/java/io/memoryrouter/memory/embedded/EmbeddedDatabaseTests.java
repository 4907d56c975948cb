package io.memoryrouter.memory.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.memory.MemoryStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
