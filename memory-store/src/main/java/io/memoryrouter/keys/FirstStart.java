package io.memoryrouter.keys;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Something that has to be told to whoever administers this installation, once.
 * <p>
 * It counts as told only when {@link #acknowledge()} has completed. A process that ends
 * before, at whatever moment, leaves nothing behind that locks anybody out: the next
 * start has a new token, and tells it.
 */
public interface FirstStart {

	/**
	 * Whether the installation is new, so that it has no key yet that anybody knows.
	 * @return {@code false} if only the token is new
	 */
	boolean isNewInstallation();

	/**
	 * The token that was made. It is accepted by this process already, and by later ones
	 * once it was acknowledged.
	 * @return the token, or {@code null} if one is configured
	 */
	@Nullable AdminToken adminToken();

	/**
	 * Says that it was told: call it after it was printed.
	 * @return completion, when that is durable
	 */
	Mono<Void> acknowledge();

}
