package io.memoryrouter.gateway.models;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.gateway.provider.ModelListHandler;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.ProviderHints;
import io.memoryrouter.gateway.support.Endpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code GET /v1/models}, in OpenAI's form, or in Anthropic's or Google's for their
 * clients, which announce themselves in a header.
 */
public final class ModelListEndpoint implements ModelListHandler {

	private final ModelCatalog catalog;

	private final @Nullable String defaultModel;

	/**
	 * Makes the endpoint.
	 * @param catalog gathers the models
	 * @param defaultModel the model of requests that name none, with its prefix, or
	 * {@code null}; it is always listed, and first if its provider does not list it
	 */
	public ModelListEndpoint(ModelCatalog catalog, @Nullable String defaultModel) {
		this.catalog = catalog;
		this.defaultModel = defaultModel;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, @Nullable Provider keyOwner) {
		ModelCatalog.Caller caller = new ModelCatalog.Caller(exchange.getRequest(), ProviderHints.of(exchange),
				KeyContext.ATTRIBUTE.get(exchange), keyOwner);
		return this.catalog.list(caller).map(this::withDefault).flatMap((models) -> answer(exchange, models));
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

	private static Mono<Void> answer(ServerWebExchange exchange, List<ListedModel> models) {
		ServerHttpRequest request = exchange.getRequest();
		byte[] body = ModelListJson.write(ApiFamily.of(Endpoint.of(request).path(), request.getHeaders()), models);
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.OK);
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

}
