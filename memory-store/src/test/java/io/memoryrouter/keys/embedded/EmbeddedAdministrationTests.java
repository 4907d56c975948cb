package io.memoryrouter.keys.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedAdministration}.
 */
class EmbeddedAdministrationTests {

	private static final AdminToken CONFIGURED = AdminToken.of("configured-by-somebody");

	@TempDir
	private Path folder;

	@Test
	void loadWhenFirstStartIsAcknowledgedThenTokenIsToldOnceAndGoesOnBeingAccepted() throws Exception {
		String token;
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			EmbeddedAdministration administration = EmbeddedAdministration.load(database, null);
			FirstStart firstStart = firstStart(administration);
			assertThat(firstStart.isNewInstallation()).isTrue();
			token = revealed(firstStart);
			assertThat(administration.tokens().accepts(token)).isTrue();
			acknowledge(firstStart);
			assertThat(filesContain(token)).isFalse();
		}
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			EmbeddedAdministration administration = EmbeddedAdministration.load(database, null);
			assertThat(administration.firstStart()).isNull();
			assertThat(administration.tokens().accepts(token)).isTrue();
			assertThat(administration.tokens().accepts(token + "x")).isFalse();
		}
	}

	@Test
	void loadWhenProcessEndedBeforeTheTokenWasToldThenNextStartTellsAnother() {
		String lost;
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			lost = revealed(firstStart(EmbeddedAdministration.load(database, null)));
		}
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			EmbeddedAdministration administration = EmbeddedAdministration.load(database, null);
			FirstStart firstStart = firstStart(administration);
			assertThat(firstStart.isNewInstallation()).isTrue();
			assertThat(administration.tokens().accepts(lost)).isFalse();
			assertThat(administration.tokens().accepts(revealed(firstStart))).isTrue();
		}
	}

	@Test
	void loadWhenTokenIsConfiguredThenNoneIsMadeAndOnlyThatOneIsAccepted() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			EmbeddedAdministration administration = EmbeddedAdministration.load(database, CONFIGURED);
			FirstStart firstStart = firstStart(administration);
			assertThat(firstStart.isNewInstallation()).isTrue();
			assertThat(firstStart.adminToken()).isNull();
			assertThat(administration.tokens().accepts(CONFIGURED.reveal())).isTrue();
			acknowledge(firstStart);
			assertThat(EmbeddedAdministration.load(database, CONFIGURED).firstStart()).isNull();
		}
	}

	@Test
	void loadWhenConfiguredTokenIsTakenAwayThenOneIsMadeAndTold() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			acknowledge(firstStart(EmbeddedAdministration.load(database, CONFIGURED)));
			EmbeddedAdministration administration = EmbeddedAdministration.load(database, null);
			FirstStart firstStart = firstStart(administration);
			assertThat(firstStart.isNewInstallation()).isFalse();
			assertThat(administration.tokens().accepts(CONFIGURED.reveal())).isFalse();
			acknowledge(firstStart);
			assertThat(EmbeddedAdministration.load(database, null).tokens().accepts(revealed(firstStart))).isTrue();
		}
	}

	@Test
	void loadWhenTokenWasMadeAndOneIsConfiguredForAWhileThenTheMadeOneComesBack() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			FirstStart firstStart = firstStart(EmbeddedAdministration.load(database, null));
			acknowledge(firstStart);
			EmbeddedAdministration configured = EmbeddedAdministration.load(database, CONFIGURED);
			assertThat(configured.firstStart()).isNull();
			assertThat(configured.tokens().accepts(revealed(firstStart))).isFalse();
			assertThat(EmbeddedAdministration.load(database, null).tokens().accepts(revealed(firstStart))).isTrue();
		}
	}

	private boolean filesContain(String text) throws Exception {
		try (Stream<Path> files = Files.list(this.folder)) {
			List<Path> paths = files.toList();
			for (Path path : paths) {
				if (new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(text)) {
					return true;
				}
			}
			return false;
		}
	}

	private static void acknowledge(FirstStart firstStart) {
		firstStart.acknowledge().block(Duration.ofSeconds(20));
	}

	private static String revealed(FirstStart firstStart) {
		AdminToken token = firstStart.adminToken();
		assertThat(token).isNotNull();
		return token.reveal();
	}

	private static FirstStart firstStart(EmbeddedAdministration administration) {
		@Nullable FirstStart firstStart = administration.firstStart();
		assertThat(firstStart).isNotNull();
		return firstStart;
	}

}
