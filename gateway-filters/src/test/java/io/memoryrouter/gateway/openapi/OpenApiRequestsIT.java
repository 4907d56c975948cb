package io.memoryrouter.gateway.openapi;

import java.net.http.HttpResponse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The requests that the document allows and forbids, against the handlers.
 */
class OpenApiRequestsIT extends AbstractOpenApiIT {

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#allowedParameters")
	void requestWhenAParameterIsAsDescribedThenIsTaken(Requests.Case allowed) {
		HttpResponse<String> response = request(allowed.operation(),
				(parameters, body) -> parameters.put(allowed.name(), allowed.value().asString()));
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		assertDescribed(allowed.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#forbiddenParameters")
	void requestWhenAParameterIsNotAsDescribedThenIsRefusedByItsName(Requests.Case forbidden) {
		HttpResponse<String> response = request(forbidden.operation(),
				(parameters, body) -> parameters.put(forbidden.name(), forbidden.value().asString()));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(body(response).at("/error/param").asString()).isEqualTo(forbidden.name());
		assertDescribed(forbidden.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#allowedFields")
	void requestWhenAFieldIsAsDescribedThenIsTaken(Requests.Case allowed) {
		HttpResponse<String> response = request(allowed.operation(),
				(parameters, body) -> body.set(allowed.name(), allowed.value()));
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		assertDescribed(allowed.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#forbiddenFields")
	void requestWhenAFieldIsNotAsDescribedThenIsRefused(Requests.Case forbidden) {
		HttpResponse<String> response = request(forbidden.operation(),
				(parameters, body) -> body.set(forbidden.name(), forbidden.value()));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(body(response).at("/error/param").isString()).isTrue();
		assertDescribed(forbidden.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#requiredFields")
	void requestWhenARequiredFieldIsMissingThenIsRefusedByItsName(Requests.Case required) {
		HttpResponse<String> response = request(required.operation(), (parameters, body) -> {
			body.remove(required.name());
			body.putNull("none");
			if (!required.isClosed()) {
				return;
			}
			body.remove("none");
			body.putNull(required.name());
		});
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(body(response).at("/error/param").asString()).isEqualTo(required.name());
	}

}
