package io.memoryrouter.gateway.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * How a receipt is written. {@code text} and {@code block} are there only if the request
 * asked for texts.
 */
final class ReceiptJson {

	private static final double MICROS_PER_MILLI = 1_000;

	private ReceiptJson() {
	}

	/**
	 * Writes a receipt.
	 * @param receipt the receipt
	 * @return its members
	 */
	static Map<String, Object> of(Receipt receipt) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", receipt.id());
		json.put("created_at", Rfc3339.format(receipt.createdAt()));
		json.put("vault", receipt.vault().value());
		json.put("session_id", session(receipt.session()));
		json.put("mode", receipt.request().mode());
		json.put("outcome", receipt.outcome());
		json.put("dialect", receipt.request().dialect());
		json.put("provider", receipt.request().provider());
		json.put("model", receipt.request().model());
		json.put("memories", memories(receipt));
		json.put("tokens", receipt.tokens());
		json.put("tokens_injected", receipt.tokensInjected());
		if (receipt.block() != null) {
			json.put("block", receipt.block());
		}
		json.put("embedding_ms", millis(receipt.timing().embedding()));
		json.put("retrieval_ms", millis(receipt.timing().retrieval()));
		json.put("overhead_ms", millis(receipt.timing().overhead()));
		return json;
	}

	private static List<Map<String, Object>> memories(Receipt receipt) {
		return receipt.memories().stream().map(ReceiptJson::memory).toList();
	}

	private static Map<String, Object> memory(Receipt.Item item) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", item.id());
		json.put("role", item.role().name().toLowerCase(Locale.ROOT));
		if (item.text() != null) {
			json.put("text", item.text());
		}
		json.put("session_id", session(item.session()));
		json.put("created_at", Rfc3339.format(item.createdAt()));
		json.put("score", item.score());
		json.put("tokens", item.tokens());
		return json;
	}

	private static @Nullable String session(@Nullable SessionId session) {
		return (session != null) ? session.value() : null;
	}

	/** To the microsecond. */
	private static double millis(Duration duration) {
		return Math.round(duration.toNanos() / MICROS_PER_MILLI) / MICROS_PER_MILLI;
	}

}
