package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Asks providers which models they have: a call that costs nothing and needs the key.
 */
public final class ModelListClient {

	private static final int MAX_BYTES = 8 * 1024 * 1024;

	private static final String ANTHROPIC_VERSION = "2023-06-01";

	/** What Google puts before the names of its models. */
	private static final String MODELS = "models/";

	private final WebClient client;

	/**
	 * Makes a client.
	 * @param http what makes the connections: the gateway's own, so that its proxy and
	 * certificates count here as well
	 */
	public ModelListClient(HttpClient http) {
		this.client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
			.build();
	}

	/**
	 * Lists the models of a provider. Not bounded in time.
	 * @param provider the provider, whose address is known
	 * @param key its key, if there is one
	 * @return what it calls its models, in its order, always one element. A
	 * {@link WebClientResponseException} error if it answers otherwise than with such a
	 * list, another {@link WebClientException} error if it does not answer
	 */
	public Mono<List<String>> list(Provider provider, Optional<ProviderKey> key) {
		URI base = provider.baseUrl();
		if (base == null) {
			return Mono.error(new IllegalStateException("The provider '" + provider.name() + "' has no address"));
		}
		return this.client.get()
			.uri(URI.create(base.toString().replaceFirst("/+$", "") + path(provider.dialect())))
			.headers((headers) -> authorize(headers, provider, key))
			.exchangeToMono(ModelListClient::names);
	}

	private static String path(ProviderDialect dialect) {
		return switch (dialect) {
			case OPENAI -> "/models";
			case ANTHROPIC -> "/models?limit=1000";
			case GEMINI -> "/models?pageSize=1000";
		};
	}

	private static void authorize(HttpHeaders headers, Provider provider, Optional<ProviderKey> key) {
		if (provider.dialect() == ProviderDialect.ANTHROPIC) {
			headers.set("anthropic-version", ANTHROPIC_VERSION);
		}
		String own = provider.credentialHeader();
		String header = (own != null) ? own : provider.dialect().credentialHeader();
		key.ifPresent((secret) -> headers.set(header, ProviderRequests.credential(header, secret)));
	}

	private static Mono<List<String>> names(ClientResponse answer) {
		if (!answer.statusCode().is2xxSuccessful()) {
			return answer.createError();
		}
		return answer.bodyToMono(JsonNode.class)
			.mapNotNull(ModelListClient::list)
			.map(ModelListClient::names)
			.onErrorMap(ModelListClient::isUnreadable, (ex) -> noList(answer))
			.switchIfEmpty(Mono.error(() -> noList(answer)));
	}

	private static boolean isUnreadable(Throwable ex) {
		return ex instanceof CodecException || ex instanceof UnsupportedMediaTypeException
				|| ex instanceof DataBufferLimitException;
	}

	/** Without its body, which nobody needs and which may quote the key. */
	private static WebClientResponseException noList(ClientResponse answer) {
		return WebClientResponseException.create(answer.statusCode(), "No list of models",
				answer.headers().asHttpHeaders(), new byte[0], null, null);
	}

	/** A list in {@code data}, in {@code models}, or the document itself. */
	private static @Nullable JsonNode list(JsonNode document) {
		JsonNode list = document.isArray() ? document : document.path(document.has("models") ? "models" : "data");
		return list.isArray() ? list : null;
	}

	private static List<String> names(JsonNode list) {
		List<String> names = new ArrayList<>();
		for (JsonNode model : list) {
			String name = model.path(model.has("id") ? "id" : "name").asString("");
			if (!name.isEmpty()) {
				names.add(name.startsWith(MODELS) ? name.substring(MODELS.length()) : name);
			}
		}
		return names;
	}

}
