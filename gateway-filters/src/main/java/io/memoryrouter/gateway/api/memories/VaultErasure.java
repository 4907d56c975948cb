package io.memoryrouter.gateway.api.memories;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.api.memories.VaultEraser.Counts;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Erases a vault, or one session of it, from everywhere:
 * <ol>
 * <li>each {@link VaultEraser} erases its kind, one after the other;</li>
 * <li>then what was recalled before is forgotten, so that nothing that was read from a
 * store meanwhile comes back.</li>
 * </ol>
 * An erasure that was begun is finished, whoever stops waiting for it.
 */
public final class VaultErasure {

	private final List<VaultEraser> erasers;

	private final ContextRecaller recaller;

	/**
	 * Makes the erasure.
	 * @param erasers erase what is kept, in this order
	 * @param recaller remembers what it recalled
	 */
	public VaultErasure(List<VaultEraser> erasers, ContextRecaller recaller) {
		this.erasers = List.copyOf(erasers);
		this.recaller = recaller;
	}

	/**
	 * Erases.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return what became of each kind, in the order of the erasers. After an error some
	 * kinds are erased and others are not; erasing again goes on
	 */
	public Mono<Map<String, Counts>> erase(VaultId vault, @Nullable SessionId session) {
		Mono<Map<String, Counts>> erasure = Flux.fromIterable(this.erasers)
			.concatMap((eraser) -> eraser.erase(vault, session).map((counts) -> Map.entry(eraser.kind(), counts)))
			.<Map<String, Counts>>collect(LinkedHashMap::new,
					(kinds, kind) -> kinds.put(kind.getKey(), kind.getValue()))
			.doFinally((signal) -> this.recaller.forget(vault, session));
		return Mono.defer(() -> Mono.fromFuture(erasure.toFuture(), true));
	}

}
