package io.memoryrouter.sample.demo;

import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.ApiFamily;
import org.jspecify.annotations.Nullable;

/**
 * The list of the only model, in the form of each family.
 */
final class EchoModels {

	private static final String DISPLAY_NAME = "Echo";

	private EchoModels() {
	}

	/**
	 * Lists the model.
	 * @param family whose form the list has
	 * @return the list
	 */
	static Map<String, @Nullable Object> list(ApiFamily family) {
		return switch (family) {
			case OPENAI -> EchoJson.object("object", "list", "data", List.of(EchoJson.object("id", EchoServer.MODEL,
					"object", "model", "created", 0, "owned_by", "memoryrouter")));
			case ANTHROPIC -> EchoJson.object("data",
					List.of(EchoJson.object("type", "model", "id", EchoServer.MODEL, "display_name", DISPLAY_NAME,
							"created_at", "1970-01-01T00:00:00Z")),
					"has_more", false, "first_id", EchoServer.MODEL, "last_id", EchoServer.MODEL);
			case GEMINI -> EchoJson.object("models", List.of(EchoJson.object("name", "models/" + EchoServer.MODEL,
					"displayName", DISPLAY_NAME, "supportedGenerationMethods", List.of("generateContent"))));
		};
	}

}
