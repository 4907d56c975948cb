package io.memoryrouter.keys.encryption;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileEncryptionKeySource}.
 */
class FileEncryptionKeySourceTests {

	@TempDir
	private Path folder;

	@Test
	void readOrCreateWhenThereIsNoFileThenMakesOneForItsOwnerAndReadsItAgain() throws Exception {
		Path file = this.folder.resolve("keys.json");
		String id = FileEncryptionKeySource.readOrCreate(file).keys().currentId();
		String content = Files.readString(file);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(FileEncryptionKeySource.readOrCreate(file).keys().currentId()).isEqualTo(id);
		assertThat(Files.readString(file)).isEqualTo(content);
		try (var files = Files.list(this.folder)) {
			assertThat(files).containsExactly(file);
		}
	}

	@Test
	void readOrCreateWhenFileWasLostThenTheNewKeyHasAnotherName() throws Exception {
		Path file = this.folder.resolve("keys.json");
		String lost = FileEncryptionKeySource.readOrCreate(file).keys().currentId();
		Files.delete(file);
		assertThat(FileEncryptionKeySource.readOrCreate(file).keys().currentId()).isNotEqualTo(lost);
	}

	@Test
	void readOrCreateWhenAnEarlierStartWasCutOffThenMakesOne() throws Exception {
		Files.writeString(this.folder.resolve("keys.json.new"), "{\"keys\":[");
		assertThat(FileEncryptionKeySource.readOrCreate(this.folder.resolve("keys.json")).keys().ids()).hasSize(1);
	}

	@Test
	void readOrCreateWhenFileIsDamagedThenIsRefusedAndLeftAsItIs() throws Exception {
		Path file = Files.writeString(this.folder.resolve("keys.json"), "");
		assertThatExceptionOfType(InvalidEncryptionKeysException.class)
			.isThrownBy(() -> FileEncryptionKeySource.readOrCreate(file))
			.withMessageContaining(file.toString());
		assertThat(file).isEmptyFile();
	}

	@Test
	void readWhenThereIsNoFileThenNamesTheProperty() {
		assertThatExceptionOfType(InvalidEncryptionKeysException.class)
			.isThrownBy(() -> FileEncryptionKeySource.read(this.folder.resolve("none"), "the.property"))
			.withMessageStartingWith("the.property cannot be read");
	}

	@Test
	void refreshWhenFileChangesThenKeysDoAndABadFileChangesNothing() throws Exception {
		Path file = write("one");
		FileEncryptionKeySource source = FileEncryptionKeySource.read(file, "the.property");
		write("two");
		assertThat(source.keys().currentId()).isEqualTo("one");
		source.refresh();
		assertThat(source.keys().currentId()).isEqualTo("two");
		Files.writeString(file, "{\"keys\":[");
		source.refresh();
		assertThat(source.keys().currentId()).isEqualTo("two");
		Files.delete(file);
		source.refresh();
		assertThat(source.keys().currentId()).isEqualTo("two");
		write("three");
		source.refresh();
		assertThat(source.keys().currentId()).isEqualTo("three");
	}

	private Path write(String id) throws Exception {
		return Files.writeString(this.folder.resolve("set.json"), EncryptionKeys.generate(id, new SecureRandom()));
	}

}
