package io.memoryrouter.gateway.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.ApiFamily;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a list of models in the forms of the families, as JSON in UTF-8. No provider
 * says in one way when a model was made: the beginning of time stands for unknown.
 */
final class ModelListJson {

	private static final long CREATED = 0;

	private static final String CREATED_AT = "1970-01-01T00:00:00Z";

	private ModelListJson() {
	}

	static byte[] write(ApiFamily family, List<ListedModel> models) {
		return JsonMapper.shared().writeValueAsBytes(switch (family) {
			case OPENAI -> openAi(models);
			case ANTHROPIC -> anthropic(models);
			case GEMINI -> gemini(models);
		});
	}

	private static Map<String, @Nullable Object> openAi(List<ListedModel> models) {
		Map<String, @Nullable Object> list = new LinkedHashMap<>();
		list.put("object", "list");
		list.put("data", models.stream().map((model) -> {
			Map<String, Object> item = new LinkedHashMap<>();
			item.put("id", model.id());
			item.put("object", "model");
			item.put("created", CREATED);
			item.put("owned_by", model.provider());
			return item;
		}).toList());
		return list;
	}

	private static Map<String, @Nullable Object> anthropic(List<ListedModel> models) {
		Map<String, @Nullable Object> page = new LinkedHashMap<>();
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

	private static Map<String, @Nullable Object> gemini(List<ListedModel> models) {
		Map<String, @Nullable Object> list = new LinkedHashMap<>();
		list.put("models", models.stream().map((model) -> {
			Map<String, Object> item = new LinkedHashMap<>();
			item.put("name", "models/" + model.id());
			item.put("displayName", model.model());
			item.put("supportedGenerationMethods", List.of("generateContent"));
			return item;
		}).toList());
		return list;
	}

}
