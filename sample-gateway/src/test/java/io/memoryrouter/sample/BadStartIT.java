package io.memoryrouter.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.MountNamespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A process that cannot start says so in one line and ends.
 */
class BadStartIT {

	@TempDir
	Path folder;

	private GatewayCommand command;

	@BeforeEach
	void command() {
		this.command = GatewayCommand.in(this.folder);
	}

	@Test
	void startWhenFolderIsInUseThenNamesIt() {
		try (GatewayProcess first = this.command.start()) {
			GatewayCommand second = GatewayCommand.in(this.folder);
			assertThat(refusal(second)).contains("in use by another process", this.folder.toString());
			assertThat(first.isReady()).isTrue();
		}
	}

	@Test
	void startWhenPortIsInUseThenNamesItsSetting() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
			String port = String.valueOf(other.getLocalPort());
			assertThat(refusal(this.command.environment("SERVER_PORT", port))).contains(port, "SERVER_PORT");
		}
	}

	@Test
	void startWhenManagementPortIsInUseThenNamesItsSetting() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
			String port = String.valueOf(other.getLocalPort());
			assertThat(refusal(this.command.environment("MANAGEMENT_SERVER_PORT", port))).contains(port,
					"MANAGEMENT_SERVER_PORT");
		}
	}

	@Test
	void startWhenFolderIsAFileThenNamesIt() throws IOException {
		Files.writeString(this.folder.resolve("data"), "not a folder");
		assertThat(refusal(this.command)).contains(this.folder.resolve("data").toString());
	}

	@Test
	void startWhenFolderIsReadOnlyThenNamesIt() throws IOException {
		assumeThat(MountNamespace.isAvailable()).as("mounting").isTrue();
		Path disk = Files.createDirectory(this.folder.resolve("disk"));
		this.command.environment("MEMORYROUTER_STORE_EMBEDDED_PATH", disk.resolve("data").toString())
			.through(MountNamespace.disk(disk, "ro", "true"));
		assertThat(refusal(this.command)).contains(disk.toString());
	}

	@Test
	void startWhenDiskIsFullThenSaysSo() throws IOException {
		assumeThat(MountNamespace.isAvailable()).as("mounting").isTrue();
		Path disk = Files.createDirectory(this.folder.resolve("disk"));
		this.command.environment("MEMORYROUTER_STORE_EMBEDDED_PATH", disk.resolve("data").toString())
			.through(MountNamespace.disk(disk, "size=64k", "head -c 1000000 /dev/zero >\"$1/fill\" 2>/dev/null"));
		assertThat(refusal(this.command)).contains("is full", "memoryrouter.store.embedded.path");
	}

	@Test
	void startWhenValueIsNoneOfAPropertyThenNamesTheProperty() {
		assertThat(refusal(this.command.environment("MEMORYROUTER_LIMITS_BODYSIZE", "plenty")))
			.containsIgnoringCase("memoryrouter.limits.body")
			.contains("MEMORYROUTER_LIMITS_BODYSIZE");
	}

	@Test
	void startWhenAdministratorTokenIsShortThenSaysHowLongAndDoesNotShowIt() {
		assertThat(refusal(this.command.environment("MEMORYROUTER_ADMIN_TOKEN", "fifteen-letters")))
			.contains("16 characters")
			.doesNotContain("fifteen-letters");
	}

	@Test
	void startWhenEncryptionKeysCannotBeUsedThenNamesThePropertyAndDoesNotShowThem() {
		assertThat(refusal(this.command.environment("MEMORYROUTER_ENCRYPTION_JWKSET",
				"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"c2hvcnQ\"}]}")))
			.contains("memoryrouter.encryption.jwkset", "256 bits")
			.doesNotContain("c2hvcnQ");
	}

	@Test
	void startWhenDefaultProviderIsUnknownThenNamesTheWayOut() {
		assertThat(refusal(this.command.environment("MEMORYROUTER_DEFAULTPROVIDER", "nobody"))).contains("nobody",
				"memoryrouter.providers");
	}

	private static String refusal(GatewayCommand command) {
		try (GatewayProcess process = command.launch()) {
			assertThat(process.awaitExit()).isEqualTo(1);
			assertThat(process.errors().lines()).hasSize(1);
			assertThat(process.output()).doesNotContain("\tat ");
			return process.errors();
		}
	}

}
