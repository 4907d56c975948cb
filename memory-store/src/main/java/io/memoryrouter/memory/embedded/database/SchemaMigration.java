package io.memoryrouter.memory.embedded.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the schema of this program, or refuses one that a later version of
 * it has written. The scripts are named here: looking for them on the class path would
 * cost more than running them.
 */
final class SchemaMigration {

	private static final List<String> SCRIPTS = List.of("V1__memories.sql", "V2__keys.sql", "V4__read_vaults.sql",
			"V5__provider_keys.sql", "V6__idempotency.sql", "V7__usage.sql", "V8__cursor_key.sql",
			"afterMigrate__forget_old_deletions.sql");

	private final Flyway flyway;

	SchemaMigration(DataSource dataSource) {
		this(dataSource, SCRIPTS);
	}

	/**
	 * Knows some of the scripts only, as an older program would.
	 * @param dataSource the database
	 * @param scripts the scripts' file names
	 */
	SchemaMigration(DataSource dataSource, List<String> scripts) {
		this.flyway = Flyway.configure()
			.dataSource(dataSource)
			.resourceProvider(new Scripts(scripts.stream().map(Script::new).toList()))
			.javaMigrationClassProvider(List::of)
			.placeholderReplacement(false)
			.loggers("slf4j")
			.table("schema_history")
			.load();
	}

	static List<String> scripts() {
		return SCRIPTS;
	}

	/**
	 * Migrates.
	 * @throws EmbeddedDatabaseException if the database is newer than this program
	 */
	void migrate() {
		if (Arrays.stream(this.flyway.info().all()).anyMatch(SchemaMigration::isFromTheFuture)) {
			throw new EmbeddedDatabaseException("The database of the embedded store was written by a later version of"
					+ " this program: start that version, or restore a backup made before the upgrade");
		}
		this.flyway.migrate();
	}

	private static boolean isFromTheFuture(MigrationInfo migration) {
		return migration.getState() == MigrationState.FUTURE_SUCCESS
				|| migration.getState() == MigrationState.FUTURE_FAILED;
	}

	/**
	 * The scripts as Flyway asks for them.
	 *
	 * @param scripts all scripts
	 */
	private record Scripts(List<Script> scripts) implements ResourceProvider {

		@Override
		public @Nullable LoadableResource getResource(String name) {
			return this.scripts.stream().filter((script) -> script.getFilename().equals(name)).findFirst().orElse(null);
		}

		@Override
		public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
			return this.scripts.stream()
				.filter((script) -> script.getFilename().startsWith(prefix)
						&& Stream.of(suffixes).anyMatch(script.getFilename()::endsWith))
				.<LoadableResource>map((script) -> script)
				.toList();
		}

	}

	/** A script beside this class. */
	private static final class Script extends LoadableResource {

		private final String name;

		Script(String name) {
			this.name = name;
		}

		@Override
		public Reader read() {
			try (InputStream script = SchemaMigration.class.getResourceAsStream("migration/" + this.name)) {
				if (script == null) {
					throw new IllegalStateException("The migration " + this.name + " is not part of the program");
				}
				return new StringReader(new String(script.readAllBytes(), StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public String getAbsolutePath() {
			return this.name;
		}

		@Override
		public String getAbsolutePathOnDisk() {
			return this.name;
		}

		@Override
		public String getFilename() {
			return this.name;
		}

		@Override
		public String getRelativePath() {
			return this.name;
		}

	}

}
