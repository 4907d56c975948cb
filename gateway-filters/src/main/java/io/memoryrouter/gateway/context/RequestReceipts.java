package io.memoryrouter.gateway.context;

import java.util.List;

import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.MemoryReport;
import io.memoryrouter.memory.receipt.Receipt;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * Issues the receipts of requests: one for each whose mode is not {@code off}, whatever
 * came of recalling. A request that is sent again keeps the one it has.
 */
final class RequestReceipts {

	/** A model is named by the client; of a longer name the beginning is noted. */
	private static final int MAX_MODEL_LENGTH = 256;

	private final @Nullable ReceiptArchive archive;

	/**
	 * Makes the issuer.
	 * @param archive saves the receipts, or {@code null} if there are to be none
	 */
	RequestReceipts(@Nullable ReceiptArchive archive) {
		this.archive = archive;
	}

	/**
	 * Issues the receipt of a request, and has its id told in the answer.
	 * @param exchange the exchange
	 * @param call the request
	 * @param recollection what was recalled for it
	 * @param tokensInjected the size of what is put in
	 */
	void issue(ServerWebExchange exchange, ChatCall call, Recollection recollection, int tokensInjected) {
		KeyContext key = call.key();
		MemoryReport report = MemoryReport.of(exchange);
		if (this.archive == null || key == null || call.plan().isOff() || report.receipt() != null) {
			return;
		}
		String id = this.archive.nextId();
		report.receipt(id);
		this.archive.save(receipt(id, call, key, recollection, tokensInjected, report));
	}

	private static Receipt receipt(String id, ChatCall call, KeyContext key, Recollection recollection,
			int tokensInjected, MemoryReport report) {
		boolean debug = call.controls().debug();
		List<Receipt.Item> memories = recollection.memories()
			.stream()
			.map((recalled) -> Receipt.Item.of(recalled, debug))
			.toList();
		return new Receipt(id, call.receivedAt(), key.key().vault(), call.controls().session(),
				new Receipt.Request(call.plan().mode(), call.dialect().name(), report.provider(), model(call)),
				recollection.outcome().value(), memories, recollection.tokens(), tokensInjected,
				debug ? recollection.block() : null,
				new Receipt.Timing(recollection.embedding(), recollection.retrieval(), report.overhead()));
	}

	private static @Nullable String model(ChatCall call) {
		String model = call.request().model();
		return (model != null && model.length() > MAX_MODEL_LENGTH) ? model.substring(0, MAX_MODEL_LENGTH) : model;
	}

}
