package io.memoryrouter.gateway.api.memories;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.JsonBody;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryEditor;
import io.memoryrouter.memory.MemoryPage;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.receipt.ReceiptStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /v1/memory/memories}: lists and searches the memories of a key's own vault, and
 * reads, corrects and deletes single ones. The memories of other vaults do not exist
 * here, even if the key may recall them.
 */
public final class MemoryEndpoints {

	private static final String MEMORIES = "/v1/memory/memories";

	private static final String MEMORY = MEMORIES + "/{id}";

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

	private final MemoryStore store;

	private final MemoryEditor editor;

	private final ReceiptStore receipts;

	private final ContextRecaller recaller;

	/**
	 * Makes the endpoints.
	 * @param store where memories are kept
	 * @param editor corrects them
	 * @param receipts tell of memories that were recalled
	 * @param recaller remembers what it recalled
	 */
	public MemoryEndpoints(MemoryStore store, MemoryEditor editor, ReceiptStore receipts, ContextRecaller recaller) {
		this.store = store;
		this.editor = editor;
		this.receipts = receipts;
		this.recaller = recaller;
	}

	/**
	 * The endpoints.
	 * @return the routes, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET(MEMORIES, this::list)
			.GET(MEMORY, this::find)
			.PATCH(MEMORY, this::change)
			.DELETE(MEMORY, this::delete)
			.build();
	}

	private Mono<ServerResponse> list(ServerRequest request) {
		ListRequest list = ListRequest.of(request);
		return MemoryCalls
			.guarded(this.store.list(list.vault(), list.filter(), list.cursor(), list.limit())
				.onErrorMap(IllegalArgumentException.class, (ex) -> ListRequest.invalidCursor()))
			.flatMap((page) -> MemoryCalls.ok(json(page)));
	}

	private static Map<String, @Nullable Object> json(MemoryPage page) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("memories", page.memories().stream().map(MemoryJson::of).toList());
		json.put("next_cursor", page.nextCursor());
		return json;
	}

	private Mono<ServerResponse> find(ServerRequest request) {
		VaultId vault = MemoryCalls.vault(request);
		return MemoryCalls.guarded(this.store.find(vault, List.of(id(request))).next())
			.switchIfEmpty(Mono.error(MemoryEndpoints::unknown))
			.flatMap((memory) -> MemoryCalls.ok(MemoryJson.of(memory)));
	}

	private Mono<ServerResponse> change(ServerRequest request) {
		VaultId vault = MemoryCalls.vaultToChange(request);
		String id = id(request);
		return JsonBody.object(request, "{\"text\": \"My dog is called Rex.\"}")
			.map(MemoryEndpoints::text)
			.flatMap((text) -> MemoryCalls.guarded(replaceText(vault, id, text)))
			.switchIfEmpty(Mono.error(MemoryEndpoints::unknown))
			.flatMap((memory) -> MemoryCalls.ok(MemoryJson.of(memory)));
	}

	/** The cache keeps a client that goes away from leaving this half done. */
	private Mono<Memory> replaceText(VaultId vault, String id, String text) {
		return this.editor.replaceText(vault, id, text)
			.onErrorMap(IllegalArgumentException.class, (ex) -> invalidText())
			.flatMap((changed) -> forget(vault, id).thenReturn(changed))
			.cache();
	}

	private static String text(Map<String, Object> body) {
		for (String name : body.keySet()) {
			if (!name.equals("text")) {
				throw ApiException.badRequest("unknown_field", "Only 'text' can be changed", name);
			}
		}
		if (body.get("text") instanceof String text && !text.isBlank()) {
			return text;
		}
		throw invalidText();
	}

	private static ApiException invalidText() {
		return ApiException.badRequest("invalid_field", "'text' has to be a text that is not blank", "text");
	}

	private Mono<ServerResponse> delete(ServerRequest request) {
		VaultId vault = MemoryCalls.vaultToChange(request);
		String id = id(request);
		return MemoryCalls.guarded(delete(vault, id))
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(MemoryEndpoints::unknown))
			.flatMap((deleted) -> ServerResponse.noContent().build());
	}

	/**
	 * Forgets also if there is no such memory (any more): whoever repeats a call that
	 * failed midway finishes it.
	 */
	private Mono<Boolean> delete(VaultId vault, String id) {
		return this.store.delete(vault, id).flatMap((deleted) -> forget(vault, id).thenReturn(deleted)).cache();
	}

	/** What a memory said must not be told by what was recalled before. */
	private Mono<Void> forget(VaultId vault, String id) {
		this.recaller.forgetMemory(vault, id);
		return this.receipts.eraseMemory(vault, id).then();
	}

	/** What has no id's form is not looked for. */
	private static String id(ServerRequest request) {
		String id = request.pathVariable("id");
		if (ID.matcher(id).matches()) {
			return id;
		}
		throw unknown();
	}

	private static ApiException unknown() {
		return new ApiException(new ApiError(HttpStatus.NOT_FOUND, "memory_not_found",
				"There is no such memory: it is another vault's, or it was deleted", "id"));
	}

}
