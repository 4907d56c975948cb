package io.memoryrouter.gateway.key;

import io.memoryrouter.keys.MemoryKey;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds the Memory Key of a request.
 */
@FunctionalInterface
public interface ServerMemoryKeyConverter {

	/**
	 * Finds the key.
	 * @param request the request as it came
	 * @return the key; empty if the request presents none. A
	 * {@link io.memoryrouter.keys.MalformedMemoryKeyException} error if what it presents
	 * is not of a Memory Key's form, an {@link AmbiguousMemoryKeyException} error if it
	 * presents several
	 */
	Mono<MemoryKey> convert(ServerHttpRequest request);

}
