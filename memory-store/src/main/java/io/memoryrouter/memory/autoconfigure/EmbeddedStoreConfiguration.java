package io.memoryrouter.memory.autoconfigure;

import java.time.Clock;

import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.keys.KeyRepository;
import io.memoryrouter.keys.embedded.EmbeddedAdministration;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.keys.embedded.EmbeddedProviderKeyRepository;
import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.FileEncryptionKeySource;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.EmbeddedIdempotencyStore;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.memory.receipt.InProcessReceiptStore;
import io.memoryrouter.memory.receipt.ReceiptStore;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.embedded.EmbeddedUsageStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Memories and keys in one database of a folder.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "memoryrouter.store.type", havingValue = "embedded", matchIfMissing = true)
class EmbeddedStoreConfiguration {

	/*
	 * Lazy: where the application has beans of its own for all that is kept in it, no
	 * folder is made or locked.
	 */
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	EmbeddedDatabase embeddedDatabase(MemoryProperties properties) {
		return EmbeddedDatabase.open(properties.store().embedded().folder());
	}

	@Bean
	@ConditionalOnMissingBean(MemoryStore.class)
	EmbeddedMemoryStore memoryStore(EmbeddedDatabase database) {
		return new EmbeddedMemoryStore(database);
	}

	@Bean
	@ConditionalOnMissingBean(KeyRepository.class)
	EmbeddedKeyRepository keyRepository(EmbeddedDatabase database) {
		return new EmbeddedKeyRepository(database);
	}

	@Bean
	@ConditionalOnMissingBean(ReceiptStore.class)
	InProcessReceiptStore receiptStore(ReceiptProperties properties) {
		return new InProcessReceiptStore(properties.settings());
	}

	@Bean
	@ConditionalOnMissingBean(IdempotencyStore.class)
	EmbeddedIdempotencyStore idempotencyStore(EmbeddedDatabase database) {
		return new EmbeddedIdempotencyStore(database);
	}

	@Bean
	@ConditionalOnMissingBean(UsageStore.class)
	EmbeddedUsageStore usageStore(EmbeddedDatabase database, UsageProperties properties) {
		return new EmbeddedUsageStore(database, properties.retention(), Clock.systemUTC());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ProviderKeyRepository.class)
	static class ProviderKeysConfiguration {

		@Bean
		EmbeddedProviderKeyRepository providerKeyRepository(EmbeddedDatabase database) {
			return new EmbeddedProviderKeyRepository(database);
		}

		@Bean
		@ConditionalOnMissingBean
		EncryptionKeySource encryptionKeySource(EmbeddedDatabase database, MemoryProperties properties) {
			EncryptionKeySource configured = properties.encryption().source();
			return (configured != null) ? configured
					: FileEncryptionKeySource.readOrCreate(database.folder().resolve("encryption-keys.json"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(AdminTokens.class)
	static class AdministrationConfiguration {

		@Bean
		EmbeddedAdministration embeddedAdministration(EmbeddedDatabase database, MemoryProperties properties) {
			return EmbeddedAdministration.load(database, properties.admin().adminToken());
		}

		@Bean
		AdminTokens adminTokens(EmbeddedAdministration administration) {
			return administration.tokens();
		}

		/** There is none unless something has to be told at this start. */
		@Bean
		@Nullable FirstStart firstStart(EmbeddedAdministration administration) {
			return administration.firstStart();
		}

	}

}
