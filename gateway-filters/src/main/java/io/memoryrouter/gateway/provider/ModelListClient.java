package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.memoryrouter.keys.provider.ProviderKey;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

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
	 * @return what it calls its models, in its order. A
	 * {@link org.springframework.web.reactive.function.client.WebClientException} error
	 * if it cannot be reached or says no
	 */
	public Mono<List<String>> list(Provider provider, Optional<ProviderKey> key) {
		URI base = provider.baseUrl();
		if (base == null) {
			return Mono.error(new IllegalStateException("The provider '" + provider.name() + "' has no address"));
		}
		return this.client.get()
			.uri(URI.create(base.toString().replaceFirst("/+$", "") + path(provider.dialect())))
			.headers((headers) -> authorize(headers, provider, key))
			.retrieve()
			.bodyToMono(JsonNode.class)
			.map(ModelListClient::names);
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

	/** A list in {@code data}, in {@code models}, or the document itself. */
	private static List<String> names(JsonNode document) {
		JsonNode list = document.isArray() ? document : document.path(document.has("models") ? "models" : "data");
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
