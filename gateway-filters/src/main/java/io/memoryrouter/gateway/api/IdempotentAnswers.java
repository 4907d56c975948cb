package io.memoryrouter.gateway.api;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.idempotency.IdempotencyRecord;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

/**
 * Gives a request that is sent again, under the same idempotency key, the answer that it
 * got:
 * <ol>
 * <li>The key is claimed. If another request has it, this one is refused (409).</li>
 * <li>If the request was answered, that is its answer.</li>
 * <li>Else it is handled, also where another like it is being handled right now, or was
 * when the process died: storing the same exchange twice stores it once. The answer that
 * is noted first is the answer of all.</li>
 * </ol>
 */
final class IdempotentAnswers {

	private final @Nullable IdempotencyStore store;

	/**
	 * Makes it.
	 * @param store keeps the answers, or {@code null} if nothing does: then keys are
	 * refused (501)
	 */
	IdempotentAnswers(@Nullable IdempotencyStore store) {
		this.store = store;
	}

	/**
	 * Answers a request.
	 * @param vault the vault in which the key counts
	 * @param key the key
	 * @param call the request
	 * @param handling handles the request and makes its answer; may be done twice
	 * @return the answer
	 */
	Mono<String> answer(VaultId vault, String key, ChatCall call, Mono<String> handling) {
		IdempotencyStore answers = this.store;
		if (answers == null) {
			return Mono.error(unsupported());
		}
		String fingerprint = fingerprint(call);
		return answers.claim(vault, call.controls().session(), key, fingerprint)
			.flatMap((claim) -> answer(claim, fingerprint, handling,
					(answer) -> answers.complete(vault, key, answer).defaultIfEmpty(answer)));
	}

	private static Mono<String> answer(IdempotencyRecord claim, String fingerprint, Mono<String> handling,
			Function<String, Mono<String>> completion) {
		if (!claim.fingerprint().equals(fingerprint)) {
			return Mono.error(reused());
		}
		return (claim.answer() != null) ? Mono.just(claim.answer()) : handling.flatMap(completion);
	}

	/** What is asked for stands in headers and in the query, too. */
	private static String fingerprint(ChatCall call) {
		SessionId session = call.controls().session();
		return MemoryIds.fingerprint((session != null) ? session.value() : "",
				call.plan().storesMessage() + " " + call.plan().storesAnswer(),
				new String(call.request().body(), StandardCharsets.ISO_8859_1));
	}

	private static ApiException reused() {
		return new ApiException(new ApiError(
				HttpStatus.CONFLICT, "idempotency_key_reused", "Another request came with this '"
						+ IdempotencyKey.HEADER + "' in the last 24 hours. Send this one with a key of its own",
				IdempotencyKey.HEADER));
	}

	private static ApiException unsupported() {
		return new ApiException(
				new ApiError(HttpStatus.NOT_IMPLEMENTED, "idempotency_key_unsupported",
						"This gateway keeps no idempotency keys. Leave out '" + IdempotencyKey.HEADER
								+ "': the same exchange in the same session is stored once anyway",
						IdempotencyKey.HEADER));
	}

}
