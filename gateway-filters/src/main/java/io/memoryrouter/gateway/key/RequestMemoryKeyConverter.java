package io.memoryrouter.gateway.key;

import java.util.stream.Stream;

import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.keys.MalformedMemoryKeyException;
import io.memoryrouter.keys.MemoryKey;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Looks for Memory Keys in every place that may hold one:
 * <ol>
 * <li>{@code X-Memory-Key}: what stands there has to be a Memory Key;</li>
 * <li>the places of {@link CredentialPlace}: a token there is a Memory Key if it begins
 * as one, else it is somebody else's credential and left alone. An empty one is an
 * error.</li>
 * </ol>
 * All of them have to name one key. Where its suffixes differ, what all of them allow is
 * allowed. Empty means that no place holds a key.
 */
public final class RequestMemoryKeyConverter implements ServerMemoryKeyConverter {

	@Override
	public Mono<MemoryKey> convert(ServerHttpRequest request) {
		return Mono.fromCallable(
				() -> tokens(request).map(MemoryKey::parse).reduce(RequestMemoryKeyConverter::merge).orElse(null));
	}

	private static Stream<String> tokens(ServerHttpRequest request) {
		Stream<String> own = request.getHeaders().getOrEmpty(MemoryHeaders.MEMORY_KEY).stream().map(String::strip);
		Stream<String> shared = Stream.of(CredentialPlace.values())
			.flatMap((place) -> place.tokens(request).stream())
			.filter(RequestMemoryKeyConverter::isMemoryKey);
		return Stream.concat(own, shared);
	}

	private static boolean isMemoryKey(String token) {
		if (token.isEmpty()) {
			throw new MalformedMemoryKeyException("A credential of the request is empty");
		}
		return MemoryKey.isMeantBy(token);
	}

	private static MemoryKey merge(MemoryKey one, MemoryKey other) {
		if (!one.names(other)) {
			throw new AmbiguousMemoryKeyException();
		}
		return one.narrowedTo(other.mode());
	}

	/**
	 * Takes every Memory Key out of a request. A provider's key that stands beside one,
	 * in the same place, stays.
	 * @param request the request
	 * @return the request without
	 */
	public static ServerHttpRequest strip(ServerHttpRequest request) {
		ServerHttpRequest stripped = request;
		for (CredentialPlace place : CredentialPlace.values()) {
			stripped = place.removeFrom(stripped, MemoryKey::isMeantBy);
		}
		if (stripped.getHeaders().containsHeader(MemoryHeaders.MEMORY_KEY)) {
			stripped = stripped.mutate().headers((headers) -> headers.remove(MemoryHeaders.MEMORY_KEY)).build();
		}
		return stripped;
	}

}
