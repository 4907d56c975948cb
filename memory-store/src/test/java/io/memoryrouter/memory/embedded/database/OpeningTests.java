package io.memoryrouter.memory.embedded.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.memory.embedded.AppendingProcess;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link EmbeddedDatabase#open} refuses, and how it says so.
 */
class OpeningTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	@Test
	void openWhenThisProcessHasItOpenThenIsRefusedAndTheFirstIsUntouched() {
		try (EmbeddedDatabase first = EmbeddedDatabase.open(this.folder)) {
			isRefused(this.folder, "in use by another process");
			isRefused(this.folder.resolve("../" + this.folder.getFileName()), "in use by another process");
			append(first, "a");
		}
		assertThatCode(() -> EmbeddedDatabase.open(this.folder).close()).doesNotThrowAnyException();
	}

	@Test
	void openWhenAnotherProcessHasItOpenThenIsRefusedUntilThatEnds() throws Exception {
		Process other = AppendingProcess.start(this.folder);
		try {
			AppendingProcess.awaitAcknowledged(other, 1);
			isRefused(this.folder, "in use by another process");
		}
		finally {
			other.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
		}
		assertThatCode(() -> EmbeddedDatabase.open(this.folder).close()).doesNotThrowAnyException();
	}

	@Test
	void openWhenRefusedHereThenAnotherProcessIsStillKeptOut() throws Exception {
		try (EmbeddedDatabase first = EmbeddedDatabase.open(this.folder)) {
			isRefused(this.folder, "in use by another process");
			Process other = AppendingProcess.start(this.folder);
			assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(other.exitValue()).isNotZero();
			append(first, "a");
		}
	}

	@Test
	void openWhenFolderIsAFileThenIsRefused() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));
		isRefused(file, "is a file");
		isRefused(file.resolve("below"), "is a file");
		isRefused(file.resolve("far/below"), "cannot be used");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void openWhenFolderCannotBeMadeThenIsRefused() {
		isRefused(Path.of("/proc/memoryrouter"), "cannot be used");
	}

	@Test
	void openWhenFolderIsReadOnlyThenIsRefused() throws IOException {
		Path readOnly = Files.createDirectory(this.folder.resolve("ro"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
		Assumptions.assumeThat(Files.isWritable(readOnly)).as("a superuser may write everywhere").isFalse();
		isRefused(readOnly, "may not be written");
	}

	@Test
	void openWhenFileIsNoDatabaseThenIsRefusedAndLeftAsItIs() throws IOException {
		Path file = this.folder.resolve("memoryrouter.db");
		String content = "This is no database. ".repeat(500);
		Files.writeString(file, content);
		isRefused(this.folder, "damaged or is no database");
		assertThat(Files.readString(file)).isEqualTo(content);
	}

	@Test
	void openWhenSchemaIsDamagedThenIsRefused() throws IOException {
		EmbeddedDatabase.open(this.folder).close();
		Path file = this.folder.resolve("memoryrouter.db");
		byte[] bytes = Files.readAllBytes(file);
		Arrays.fill(bytes, 100, 4_096, (byte) 0x5a);
		Files.write(file, bytes);
		isRefused(this.folder, "damaged or is no database");
	}

	@Test
	void openWhenDatabaseIsNewerThenIsRefusedAndLeftAsItIs() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			append(database, "a");
		}
		execute("INSERT INTO schema_history SELECT 99, '99', 'from the future', type, 'V99__from_the_future.sql', 1,"
				+ " installed_by, installed_on, 1, 1 FROM schema_history WHERE version = '1'");
		byte[] before = Files.readAllBytes(this.folder.resolve("memoryrouter.db"));
		isRefused(this.folder, "later version");
		assertThat(Files.readAllBytes(this.folder.resolve("memoryrouter.db"))).isEqualTo(before);
	}

	/** The scripts stand as they were added, each to what earlier programs had run. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void openWhenDatabaseIsOlderThenIsMigratedAndKeepsItsContent(int scripts) throws Exception {
		Path file = this.folder.resolve("memoryrouter.db");
		List<String> known = List.of("V1__memories.sql", "V2__keys.sql", "V4__read_vaults.sql").subList(0, scripts);
		new SchemaMigration(new ConnectionFactory(file).dataSource(), known).migrate();
		execute("INSERT INTO vault (id) VALUES ('from before')");
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			append(database, "a");
			assertThat(database
				.read((connection) -> text(connection, "SELECT count(*) FROM schema_history WHERE version > 1"))
				.block(TIMEOUT)).isNotEqualTo("0");
			assertThat(database.read((connection) -> text(connection, "SELECT min(id) FROM vault")).block(TIMEOUT))
				.isEqualTo("from before");
		}
	}

	@Test
	void openWhenDiskIsFullThenIsRefused() {
		Path file = this.folder.resolve("memoryrouter.db");
		SQLiteDataSource tiny = new ConnectionFactory(file).dataSource();
		tiny.getConfig().setMaxPageCount(3);
		assertThatExceptionOfType(EmbeddedDatabaseException.class).isThrownBy(() -> EmbeddedDatabase.migrate(tiny))
			.withMessage("The disk of the embedded store is full: make room");
	}

	@Test
	void openWhenOldDeletionsAreKnownThenForgetsThem() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			append(database, "a");
		}
		long now = System.currentTimeMillis();
		execute("INSERT INTO tombstone (vault, position, id, deleted_at) VALUES (1, 1001, 'old', "
				+ (now - Duration.ofDays(31).toMillis()) + "), (1, 1002, 'recent', "
				+ (now - Duration.ofDays(29).toMillis()) + ")");
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			assertThat(database.read((connection) -> text(connection, "SELECT group_concat(id) FROM tombstone"))
				.block(TIMEOUT)).isEqualTo("recent");
		}
	}

	private static void isRefused(Path folder, String reason) {
		assertThatExceptionOfType(EmbeddedDatabaseException.class).isThrownBy(() -> EmbeddedDatabase.open(folder))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n").contains(": "));
	}

	private static void append(EmbeddedDatabase database, String id) {
		VaultId vault = new VaultId("vault");
		Memory memory = new Memory(id, vault, null, Role.USER, null, "text", Instant.now(), false);
		assertThat(new EmbeddedMemoryStore(database).append(vault, List.of(memory)).block(TIMEOUT)).containsExactly(id);
	}

	private static String text(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager
			.getConnection("jdbc:sqlite:" + this.folder.resolve("memoryrouter.db"));
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
