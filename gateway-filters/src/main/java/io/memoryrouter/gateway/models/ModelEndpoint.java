package io.memoryrouter.gateway.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.gateway.key.RequestMemoryKeyConverter;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.ProviderHints;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code GET /v1/models}, in OpenAI's form, or in Anthropic's or Google's for their
 * clients, which announce themselves in a header. A key of a provider that comes with the
 * request counts for the provider that {@code X-Provider} names, or else for the one
 * whose form it is.
 */
public final class ModelEndpoint {

	private static final String PATH = "/v1/models";

	/** No provider says in one way when a model was made. */
	private static final long CREATED = 0;

	private static final String CREATED_AT = "1970-01-01T00:00:00Z";

	private final ModelCatalog catalog;

	private final @Nullable String defaultModel;

	/**
	 * Makes the endpoint.
	 * @param catalog gathers the models
	 * @param defaultModel the model of requests that name none, with its prefix, or
	 * {@code null}; it is always listed
	 */
	public ModelEndpoint(ModelCatalog catalog, @Nullable String defaultModel) {
		this.catalog = catalog;
		this.defaultModel = defaultModel;
	}

	/**
	 * The endpoint.
	 * @return the routes, to be filtered by who bears a Memory Key
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().GET(PATH, this::list).build();
	}

	private Mono<ServerResponse> list(ServerRequest request) {
		return Mono.fromCallable(() -> caller(request.exchange()))
			.flatMap(this.catalog::list)
			.map(this::withDefault)
			.flatMap((models) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body(family(request.exchange()), models)));
	}

	private static Map<String, Object> body(ApiFamily family, List<ListedModel> models) {
		return switch (family) {
			case OPENAI -> openAi(models);
			case ANTHROPIC -> anthropic(models);
			case GEMINI -> gemini(models);
		};
	}

	private static ModelCatalog.Caller caller(ServerWebExchange exchange) {
		KeyContext key = KeyContext.ATTRIBUTE.get(exchange);
		Assert.state(key != null, "The endpoint is not behind a check of Memory Keys");
		ProviderHints hints = ProviderHints.of(exchange);
		String namesake = switch (family(exchange)) {
			case OPENAI -> "openai";
			case ANTHROPIC -> "anthropic";
			case GEMINI -> "google";
		};
		return new ModelCatalog.Caller(RequestMemoryKeyConverter.strip(exchange.getRequest()), hints, key,
				(hints.provider() != null) ? hints.provider() : namesake);
	}

	private static ApiFamily family(ServerWebExchange exchange) {
		return ApiFamily.of(PATH, exchange.getRequest().getHeaders());
	}

	private List<ListedModel> withDefault(List<ListedModel> models) {
		if (this.defaultModel == null || models.stream().anyMatch((model) -> model.id().equals(this.defaultModel))) {
			return models;
		}
		int slash = this.defaultModel.indexOf('/');
		List<ListedModel> all = new ArrayList<>(models);
		all.add(0, new ListedModel(this.defaultModel.substring(0, slash), this.defaultModel.substring(slash + 1)));
		return all;
	}

	private static Map<String, Object> openAi(List<ListedModel> models) {
		return Map.of("object", "list", "data", models.stream().map((model) -> {
			Map<String, Object> item = new LinkedHashMap<>();
			item.put("id", model.id());
			item.put("object", "model");
			item.put("created", CREATED);
			item.put("owned_by", model.provider());
			return item;
		}).toList());
	}

	private static Map<String, Object> anthropic(List<ListedModel> models) {
		Map<String, Object> page = new LinkedHashMap<>();
		page.put("data", models.stream().map((model) -> {
			Map<String, Object> item = new LinkedHashMap<>();
			item.put("type", "model");
			item.put("id", model.id());
			item.put("display_name", model.model());
			item.put("created_at", CREATED_AT);
			return item;
		}).toList());
		page.put("has_more", false);
		page.put("first_id", models.isEmpty() ? null : models.get(0).id());
		page.put("last_id", models.isEmpty() ? null : models.get(models.size() - 1).id());
		return page;
	}

	private static Map<String, Object> gemini(List<ListedModel> models) {
		return Map.of("models", models.stream().map((model) -> {
			Map<String, Object> item = new LinkedHashMap<>();
			item.put("name", "models/" + model.id());
			item.put("displayName", model.model());
			item.put("supportedGenerationMethods", List.of("generateContent"));
			return item;
		}).toList());
	}

}
