package io.memoryrouter.gateway.autoconfigure;

import java.time.Clock;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.memories.MemoryEndpoints;
import io.memoryrouter.gateway.api.memories.VaultEndpoints;
import io.memoryrouter.gateway.api.memories.VaultEraser;
import io.memoryrouter.gateway.api.memories.VaultErasers;
import io.memoryrouter.gateway.api.memories.VaultErasure;
import io.memoryrouter.gateway.api.memories.transfer.ExportEndpoint;
import io.memoryrouter.gateway.api.memories.transfer.UploadEndpoint;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.gateway.usage.RequestUsages;
import io.memoryrouter.gateway.usage.UsageHandlerFilter;
import io.memoryrouter.memory.MemoryEditor;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.memory.receipt.ReceiptStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The management of vaults with Memory Keys, where the store is at hand.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({ MemoryStore.class, MemoryEditor.class, MemoryRetriever.class, ReceiptStore.class,
		ContextRecaller.class })
class MemoryManagementConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	VaultEraser vaultMemoryEraser(MemoryStore store) {
		return VaultErasers.memories(store);
	}

	@Bean
	@Order(0)
	VaultEraser vaultReceiptEraser(ReceiptStore store) {
		return VaultErasers.receipts(store);
	}

	@Bean
	@Order(1)
	@ConditionalOnBean(IdempotencyStore.class)
	VaultEraser vaultIdempotencyEraser(IdempotencyStore store) {
		return VaultErasers.idempotencyRecords(store);
	}

	@Bean
	@ConditionalOnMissingBean
	VaultErasure vaultErasure(ObjectProvider<VaultEraser> erasers, ContextRecaller recaller) {
		return new VaultErasure(erasers.orderedStream().toList(), recaller);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryEndpoints memoryEndpoints(MemoryStore store, MemoryEditor editor, ReceiptStore receipts,
			ContextRecaller recaller) {
		return new MemoryEndpoints(store, editor, receipts, recaller);
	}

	@Bean
	@ConditionalOnMissingBean
	VaultEndpoints vaultEndpoints(MemoryStore store, MemoryRetriever retriever, VaultErasure erasure) {
		return new VaultEndpoints(store, retriever, erasure);
	}

	@Bean
	@ConditionalOnBean(MemoryIngestor.class)
	@ConditionalOnMissingBean
	UploadEndpoint memoryUploadEndpoint(MemoryIngestor ingestor, MemoryStore store) {
		return new UploadEndpoint(ingestor, store, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	ExportEndpoint memoryExportEndpoint(MemoryStore store) {
		return new ExportEndpoint(store);
	}

	@Bean
	RouterFunction<ServerResponse> memoryManagementRoutes(MemoryEndpoints memories, VaultEndpoints vaults,
			ExportEndpoint export, MemoryKeyHandlerFilter keys) {
		return memories.routes().and(vaults.routes()).and(export.routes()).filter(keys);
	}

	@Bean
	@ConditionalOnBean(UploadEndpoint.class)
	RouterFunction<ServerResponse> memoryUploadRoutes(UploadEndpoint upload, RequestUsages usages,
			MemoryKeyHandlerFilter keys) {
		return upload.routes().filter(new UsageHandlerFilter(usages, false)).filter(keys);
	}

}
