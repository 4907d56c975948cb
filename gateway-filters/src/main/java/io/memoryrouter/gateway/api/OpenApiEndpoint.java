package io.memoryrouter.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /v1/openapi.json}: the description of this product's own endpoints, in
 * OpenAPI 3.1. It is the same for everybody, tells no secret, and needs no key.
 */
public final class OpenApiEndpoint {

	private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private final byte[] document;

	private final String etag;

	public OpenApiEndpoint() {
		this.document = read();
		this.etag = '"' + DigestUtils.md5DigestAsHex(this.document) + '"';
	}

	private static byte[] read() {
		try (InputStream document = new ClassPathResource("openapi.json", OpenApiEndpoint.class).getInputStream()) {
			return document.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The endpoint.
	 * @return the route
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().GET("/v1/openapi.json", this::describe).build();
	}

	private Mono<ServerResponse> describe(ServerRequest request) {
		return request.checkNotModified(this.etag)
			.switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.eTag(this.etag)
				.cacheControl(CACHE)
				.bodyValue(this.document)));
	}

}
