package io.memoryrouter.memory.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import io.memoryrouter.keys.embedded.EmbeddedProviderKeyRepository;
import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.encryption.MissingEncryptionKeysException;
import io.memoryrouter.keys.provider.ProviderKey;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.keys.provider.ProviderKeyService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * What encrypts stored provider keys, by configuration.
 */
class EncryptionKeysConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@TempDir
	private Path temporary;

	private ApplicationContextRunner runner;

	@BeforeEach
	void setUp() {
		this.runner = MemoryContexts.withoutModel(this.temporary.resolve("data"));
	}

	@Test
	void providerKeyRepositoryWhenApplicationHasOneAndNoKeyIsConfiguredThenStoringIsRefused() {
		ProviderKeyRepository own = mock(ProviderKeyRepository.class);
		this.runner.withBean(ProviderKeyRepository.class, () -> own).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedProviderKeyRepository.class);
			assertThat(this.temporary.resolve("data").resolve("encryption-keys.json")).doesNotExist();
			ProviderKeyService service = context.getBean(ProviderKeyService.class);
			assertThatExceptionOfType(MissingEncryptionKeysException.class)
				.isThrownBy(() -> service.put("acme", "openai", new ProviderKey("sk-12345678")).block(LIMIT));
		});
	}

	@Test
	void encryptionKeysWhenTheyAreConfiguredThenNoneAreMade() {
		this.runner
			.withPropertyValues("memoryrouter.encryption.jwkset=" + EncryptionKeys.generate("mine", new SecureRandom()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EncryptionKeySource.class).keys().ids()).containsExactly("mine");
				assertThat(this.temporary.resolve("data").resolve("encryption-keys.json")).doesNotExist();
			});
	}

	@Test
	void encryptionKeysWhenTheyAreInAFileThenTheyAreRead() throws IOException {
		Path file = Files.writeString(this.temporary.resolve("my keys.json"),
				EncryptionKeys.generate("mine", new SecureRandom()));
		for (String location : List.of("file:" + file, file.toUri().toString())) {
			this.runner.withPropertyValues("memoryrouter.encryption.jwkset=" + location).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EncryptionKeySource.class).keys().ids()).containsExactly("mine");
			});
		}
	}

	@Test
	void encryptionKeysWhenTheyCannotBeUsedThenStartFailsAndNamesThePropertyButNoKey() {
		for (String set : List.of("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"c2hvcnQ\"}]}", "c2hvcnQ")) {
			this.runner.withPropertyValues("memoryrouter.encryption.jwkset=" + set).run((context) -> {
				Throwable root = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
				assertThat(root).hasMessageContaining("memoryrouter.encryption.jwkset");
				assertThat(root.getMessage()).doesNotContain("c2hvcnQ");
			});
		}
	}

	@Test
	void encryptionKeysEndpointThenItIsThereWhereItIsExposedAlone() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EncryptionKeysEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=encryptionkeys").run((context) -> {
			EncryptionKeysEndpoint.KeysDescriptor keys = context.getBean(EncryptionKeysEndpoint.class)
				.keys()
				.block(LIMIT);
			assertThat(keys.keys()).hasSize(1)
				.allMatch((key) -> key.current() && key.known() && key.storedKeys() == 0 && !key.removable());
		});
	}

}
