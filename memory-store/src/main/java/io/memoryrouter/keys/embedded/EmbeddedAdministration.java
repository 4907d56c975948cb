package io.memoryrouter.keys.embedded;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who administers an installation on the embedded store: whoever has the configured
 * token, or else one that is made at the first start. Of that one only the hash is kept,
 * and not before somebody was told the token.
 */
public final class EmbeddedAdministration {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String READ = "SELECT admin_hash FROM installation";

	/** A configured token leaves the hash of an earlier made one as it is. */
	private static final String ANNOUNCED = """
			INSERT INTO installation (only, announced_at, admin_hash) VALUES (1, ?, ?)
			ON CONFLICT (only) DO UPDATE SET admin_hash = coalesce(excluded.admin_hash, admin_hash)""";

	private final AdminTokens tokens;

	private final @Nullable FirstStart firstStart;

	private EmbeddedAdministration(AdminTokens tokens, @Nullable FirstStart firstStart) {
		this.tokens = tokens;
		this.firstStart = firstStart;
	}

	/**
	 * Finds out who administers. Blocks: it is called once, at the start.
	 * @param database the database
	 * @param configured the configured token, or {@code null}
	 * @return the administration
	 */
	public static EmbeddedAdministration load(EmbeddedDatabase database, @Nullable AdminToken configured) {
		Installation known = database.read(EmbeddedAdministration::read).block(TIMEOUT);
		boolean announced = known != null && known.announced;
		String hash = (known != null) ? known.adminHash : null;
		if (configured != null) {
			return new EmbeddedAdministration(AdminTokens.accepting(configured),
					announced ? null : new Announcement(database, true, null));
		}
		if (hash != null) {
			return new EmbeddedAdministration(AdminTokens.acceptingHash(hash), null);
		}
		AdminToken token = AdminToken.mint(new SecureRandom());
		return new EmbeddedAdministration(AdminTokens.accepting(token), new Announcement(database, !announced, token));
	}

	private static Installation read(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(READ);
				ResultSet row = statement.executeQuery()) {
			return row.next() ? new Installation(true, row.getString("admin_hash")) : new Installation(false, null);
		}
	}

	/**
	 * What tells the administrator's token from others.
	 * @return the check
	 */
	public AdminTokens tokens() {
		return this.tokens;
	}

	/**
	 * What has to be told at this start.
	 * @return what to tell, or {@code null} if all was told before
	 */
	public @Nullable FirstStart firstStart() {
		return this.firstStart;
	}

	/**
	 * What the database knows.
	 *
	 * @param announced whether the first start was told
	 * @param adminHash the hash of the token that was made, or {@code null}
	 */
	private record Installation(boolean announced, @Nullable String adminHash) {

	}

	/**
	 * What has to be told.
	 *
	 * @param database where to note that it was
	 * @param isNewInstallation whether the installation is new
	 * @param adminToken the token that was made, or {@code null}
	 */
	private record Announcement(EmbeddedDatabase database, boolean isNewInstallation,
			@Nullable AdminToken adminToken) implements FirstStart {

		@Override
		public Mono<Void> acknowledge() {
			return this.database.write((connection) -> {
				try (PreparedStatement statement = connection.prepareStatement(ANNOUNCED)) {
					statement.setLong(1, Clock.systemUTC().millis());
					statement.setString(2, (this.adminToken != null) ? this.adminToken.hash() : null);
					statement.executeUpdate();
					return null;
				}
			});
		}

	}

}
