package io.memoryrouter.gateway.request;

import java.util.Map;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.memory.RecallQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ControlParserTests {

	private static MemoryControls parse(ServerHttpRequest request, Map<String, String> body) {
		return ControlParser.parse(request, Endpoint.of(request).dialect() != null, body);
	}

	private static ServerHttpRequest post(String query, String... header) {
		MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/v1/chat/completions" + query);
		for (int i = 0; i < header.length; i += 2) {
			request.header(header[i], header[i + 1]);
		}
		return request.build();
	}

	@Test
	void parseWhenNothingIsSaidThenDefaults() {
		MemoryControls controls = parse(post(""), Map.of());
		assertThat(controls).isEqualTo(
				new MemoryControls(MemoryControls.Mode.ON, true, true, null, RecallQuery.Scope.VAULT, false, null));
	}

	@Test
	void parseWhenAllPlacesDisagreeThenBodyBeatsQueryBeatsHeader() {
		ServerHttpRequest all = post("?mode=write&limit=2", "X-Memory-Mode", "off", "X-Memory-Context-Limit", "1",
				"X-Memory-Scope", "session");
		assertThat(parse(all, Map.of("memory_mode", "read")).mode()).isEqualTo(MemoryControls.Mode.READ);
		assertThat(parse(all, Map.of()).mode()).isEqualTo(MemoryControls.Mode.WRITE);
		assertThat(parse(all, Map.of()).limit()).isEqualTo(2);
		assertThat(parse(all, Map.of("memory_limit", "3")).limit()).isEqualTo(3);
		assertThat(parse(all, Map.of()).scope()).isEqualTo(RecallQuery.Scope.SESSION);
	}

	@Test
	void parseWhenMemoryIsOffThenItNarrowsWhateverTheMode() {
		assertThat(parse(post("?memory=off", "X-Memory-Mode", "on"), Map.of()).mode())
			.isEqualTo(MemoryControls.Mode.OFF);
		assertThat(parse(post("?memory=true"), Map.of("memory_mode", "read")).mode())
			.isEqualTo(MemoryControls.Mode.READ);
	}

	@Test
	void parseWhenFieldIsNullThenItIsAbsent() {
		assertThat(parse(post("", "X-Session-ID", "s1"), Map.of("session_id", "null")).session()).hasToString("s1");
	}

	@ParameterizedTest
	@CsvSource({ "X-Memory-Mode, maybe", "X-Memory-Mode, ON", "X-Memory-Store, yes", "X-Memory-Store-Response, 1",
			"X-Memory-Context-Limit, 0", "X-Memory-Context-Limit, 101", "X-Memory-Context-Limit, 1.5",
			"X-Memory-Scope, all", "X-Memory-Debug, on", "X-Session-ID, ''" })
	void parseWhenHeaderCannotBeReadThenErrorNamesIt(String header, String value) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> parse(post("", header, value), Map.of()))
			.satisfies((ex) -> {
				assertThat(ex.error().status().value()).isEqualTo(400);
				assertThat(ex.error().param()).isEqualTo(header);
				assertThat(ex.error().message()).contains("'" + header + "'");
			});
	}

	@ParameterizedTest
	@CsvSource({ "memory_mode, true", "memory, maybe", "memory_store, on", "memory_limit, many", "memory_scope, vaults",
			"session_id, ' s'" })
	void parseWhenFieldCannotBeReadThenErrorNamesIt(String field, String value) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> parse(post(""), Map.of(field, value)))
			.satisfies((ex) -> assertThat(ex.error().param()).isEqualTo(field));
	}

	@Test
	void parseWhenOverriddenValueCannotBeReadThenErrorAllTheSame() {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> parse(post("", "X-Memory-Mode", "maybe"), Map.of("memory_mode", "on")));
	}

	@Test
	void parseWhenGivenTwiceThenError() {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> parse(post("?mode=on&mode=off"), Map.of()));
	}

	@Test
	void parseWhenEndpointHasNoMemoryThenQueryIsTheProviders() {
		ServerHttpRequest request = MockServerHttpRequest.get("/v1/files?limit=1000&mode=x").build();
		assertThat(parse(request, Map.of()).limit()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "TRUE, true", "False, false" })
	void parseWhenBooleanIsInAnyCaseThenItIsRead(String value, boolean expected) {
		assertThat(parse(post("", "X-Memory-Store", value), Map.of()).storesMessage()).isEqualTo(expected);
	}

}
