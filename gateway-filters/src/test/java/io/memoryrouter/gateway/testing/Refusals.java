package io.memoryrouter.gateway.testing;

import java.net.http.HttpResponse;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is expected of an answer to a request that cannot be served.
 */
public final class Refusals {

	private Refusals() {
	}

	/**
	 * Expects an error of ours that names what is wrong.
	 * @param answer the answer
	 * @param status its status
	 * @param param the field or header that the error names, {@code null} for none
	 */
	public static void assertRefused(HttpResponse<String> answer, int status, @Nullable String param) {
		assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
		assertThat(JsonPath.<String>read(answer.body(), "$.error.param")).isEqualTo(param);
	}

}
