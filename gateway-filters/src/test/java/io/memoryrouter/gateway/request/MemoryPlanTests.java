package io.memoryrouter.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.keys.KeyMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryPlanTests {

	private static final String QUESTION = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

	private static MemoryPlan plan(KeyMode allowed, String body, Map<String, String> controls) {
		return plan("/v1/chat/completions", allowed, body, controls);
	}

	private static MemoryPlan plan(String path, KeyMode allowed, String body, Map<String, String> controls) {
		ServerHttpRequest request = MockServerHttpRequest.post(path).build();
		Endpoint endpoint = Endpoint.of(request);
		ChatRequest chat = endpoint.dialect().read(path, body.getBytes(StandardCharsets.UTF_8));
		return MemoryPlan.of(allowed, ControlParser.parse(request, endpoint.dialect() != null, controls), chat);
	}

	@ParameterizedTest
	@CsvSource({ "ON, on, on, true, true, true", "ON, read, read, true, true, false",
			"ON, write, write, false, false, true", "ON, off, off, false, false, false",
			"READ, on, read, true, true, false", "READ, write, off, false, false, false",
			"WRITE, on, write, false, false, true", "OFF, on, off, false, false, false",
			"ON, dry-run, dry-run, true, false, false", "READ, dry-run, dry-run, true, false, false",
			"WRITE, dry-run, dry-run, false, false, false", "OFF, dry-run, off, false, false, false" })
	void ofWhenKeyAndModeMeetThenTheNarrowerHolds(KeyMode allowed, String mode, String inForce, boolean recalls,
			boolean injects, boolean stores) {
		assertThat(plan(allowed, QUESTION, Map.of("memory_mode", mode)))
			.isEqualTo(new MemoryPlan(inForce, recalls, injects, stores, stores));
	}

	@Test
	void ofWhenOnlyOneSideIsToBeStoredThenTheOtherIsNot() {
		MemoryPlan message = plan(KeyMode.ON, QUESTION, Map.of("memory_store_response", "false"));
		assertThat(message.storesMessage()).isTrue();
		assertThat(message.storesAnswer()).isFalse();
		MemoryPlan answer = plan(KeyMode.ON, QUESTION, Map.of("memory_store", "false"));
		assertThat(answer.storesMessage()).isFalse();
		assertThat(answer.storesAnswer()).isTrue();
		assertThat(answer.stores()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"memory\":false}]}",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"tool\",\"content\":\"x\",\"memory\":false}]}",
			"{\"messages\":[{\"role\":\"system\",\"content\":\"Hi\"}]}" })
	void ofWhenMessageIsNotOpenToMemoryThenNothingIsStored(String body) {
		assertThat(plan(KeyMode.ON, body, Map.of()).stores()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"type\":\"function_call_output\",\"output\":\"1\"} | true",
					"{\"type\":\"function_call_output\",\"output\":\"1\",\"memory\":false} | false",
					"{\"role\":\"developer\",\"content\":\"Go on.\"} | false" })
	void ofWhenProviderKeepsTheQuestionThenAnswerToResultsOfToolsIsStored(String item, boolean stored) {
		MemoryPlan plan = plan("/v1/responses", KeyMode.ON, "{\"previous_response_id\":\"r\",\"input\":[" + item + "]}",
				Map.of());
		assertThat(plan.storesAnswer()).isEqualTo(stored);
	}

}
