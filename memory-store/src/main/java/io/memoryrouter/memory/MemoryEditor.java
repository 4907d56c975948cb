package io.memoryrouter.memory;

import reactor.core.publisher.Mono;

/**
 * Corrects what a vault remembers, on behalf of its owner.
 */
public interface MemoryEditor {

	/**
	 * Changes the text of a memory. The new text is prepared like one that is ingested:
	 * secrets are taken out, and it is cut to the greatest length. When this completes
	 * the change is durable, and the memory is found by the words of the new text alone;
	 * its new vector is not waited for. Cancelling does not undo it.
	 * @param vault the vault
	 * @param id the memory's id
	 * @param text the new text
	 * @return the memory as it is now, or empty if the vault has none of this id; an
	 * {@link IllegalArgumentException} error if nothing of the text can be stored
	 */
	Mono<Memory> replaceText(VaultId vault, String id, String text);

}
