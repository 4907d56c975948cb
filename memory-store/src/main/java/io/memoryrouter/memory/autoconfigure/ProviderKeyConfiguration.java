package io.memoryrouter.memory.autoconfigure;

import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.provider.EncryptedProviderKeyService;
import io.memoryrouter.keys.provider.EncryptionKeyRotation;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.keys.provider.ProviderKeyService;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The providers' keys that accounts have stored, where there is a repository for them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ProviderKeyRepository.class)
class ProviderKeyConfiguration {

	/** Without configured keys nothing can be stored, and says so when it is tried. */
	@Bean
	@ConditionalOnMissingBean
	EncryptionKeySource encryptionKeySource(MemoryProperties properties) {
		EncryptionKeySource configured = properties.encryption().source();
		return (configured != null) ? configured : EncryptionKeys::none;
	}

	@Bean
	@ConditionalOnMissingBean(ProviderKeyService.class)
	EncryptedProviderKeyService providerKeyService(ProviderKeyRepository repository,
			EncryptionKeySource encryptionKeys) {
		return new EncryptedProviderKeyService(repository, encryptionKeys);
	}

	@Bean
	@ConditionalOnMissingBean
	EncryptionKeyRotation encryptionKeyRotation(EncryptionKeySource encryptionKeys, ProviderKeyRepository repository,
			MemoryProperties properties) {
		EncryptionKeyRotation rotation = new EncryptionKeyRotation(encryptionKeys, repository);
		rotation.start(properties.encryption().refreshInterval());
		return rotation;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		EncryptionKeysEndpoint encryptionKeysEndpoint(EncryptionKeyRotation rotation) {
			return new EncryptionKeysEndpoint(rotation);
		}

	}

}
