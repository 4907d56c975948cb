package io.memoryrouter.gateway.openapi;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.openapi.ApiDocument.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the document says of requests, as requests: each restriction of a parameter or a
 * field gives values that just keep to it and values that just do not.
 */
final class Requests {

	private static final ApiDocument document = new ApiDocument();

	private static final JsonNodeFactory VALUES = JsonNodeFactory.instance;

	private Requests() {
	}

	/** The example of an operation's body, empty if it has none. */
	static ObjectNode body(String operation) {
		JsonNode content = document.operations().get(operation).node().at("/requestBody/content");
		if (operation.equals("uploadMemories")) {
			return JsonMapper.shared().createObjectNode().put("content", "My cat is called Mia.");
		}
		JsonNode example = content.at("/" + ApiDocument.escape("application/json") + "/example");
		return example.isObject() ? (ObjectNode) example.deepCopy() : JsonMapper.shared().createObjectNode();
	}

	static boolean isAdministration(Operation operation) {
		return operation.node().at("/security/0").has("administrator");
	}

	static boolean isQuery(Operation operation, String name) {
		return operation.parameters()
			.stream()
			.anyMatch((parameter) -> parameter.path("name").asString().equals(name)
					&& parameter.path("in").asString().equals("query"));
	}

	static List<Case> allowedParameters() {
		return parameters(true);
	}

	static List<Case> forbiddenParameters() {
		return parameters(false);
	}

	private static List<Case> parameters(boolean allowed) {
		List<Case> cases = new ArrayList<>();
		for (Operation operation : document.operations().values()) {
			for (JsonNode parameter : operation.parameters()) {
				if (!parameter.path("in").asString().equals("path")) {
					values(parameter.path("schema"), allowed).forEach((value) -> cases.add(new Case(operation.id(),
							parameter.path("name").asString(), VALUES.stringNode(value.asString()), false)));
				}
			}
		}
		return cases;
	}

	static List<Case> allowedFields() {
		return fields(true);
	}

	static List<Case> forbiddenFields() {
		return fields(false);
	}

	private static List<Case> fields(boolean allowed) {
		List<Case> cases = new ArrayList<>();
		for (Operation operation : document.operations().values()) {
			JsonNode schema = schema(operation);
			boolean closed = schema.path("additionalProperties").isBoolean();
			schema.path("properties")
				.properties()
				.forEach((field) -> values(field.getValue(), allowed)
					.forEach((value) -> cases.add(new Case(operation.id(), field.getKey(), value, closed))));
			if (closed && !allowed) {
				cases.add(new Case(operation.id(), "no_such_field", VALUES.numberNode(1), true));
			}
		}
		return cases;
	}

	static List<Case> requiredFields() {
		return document.operations()
			.values()
			.stream()
			.flatMap((operation) -> schema(operation).path("required")
				.valueStream()
				.map((name) -> new Case(operation.id(), name.asString(), VALUES.nullNode(),
						schema(operation).path("additionalProperties").isBoolean())))
			.toList();
	}

	private static JsonNode schema(Operation operation) {
		JsonNode content = operation.node().at("/requestBody/content");
		return document.resolve(content.at("/" + ApiDocument.escape("application/json") + "/schema"));
	}

	private static Stream<JsonNode> values(JsonNode schema, boolean allowed) {
		Stream.Builder<JsonNode> values = Stream.builder();
		if (schema.has("enum")) {
			(allowed ? schema.path("enum").valueStream() : Stream.of(VALUES.stringNode("no-such"))).forEach(values);
		}
		else if (is(schema, "boolean")) {
			(allowed ? Stream.of(VALUES.booleanNode(true), VALUES.booleanNode(false))
					: Stream.of(VALUES.stringNode("maybe")))
				.forEach(values);
		}
		else if (is(schema, "integer") && schema.has("maximum")) {
			long min = schema.path("minimum").asLong();
			long max = schema.path("maximum").asLong();
			(allowed ? Stream.of(VALUES.numberNode(min), VALUES.numberNode(max))
					: Stream.of(VALUES.numberNode(min - 1), VALUES.numberNode(max + 1), VALUES.stringNode("x")))
				.forEach(values);
		}
		else if (is(schema, "string")) {
			texts(schema, allowed).map(VALUES::stringNode).forEach(values);
		}
		if (allowed && is(schema, "null") && !schema.has("enum")) {
			values.add(VALUES.nullNode());
		}
		return values.build();
	}

	private static Stream<String> texts(JsonNode schema, boolean allowed) {
		Stream.Builder<String> texts = Stream.builder();
		switch (schema.path("format").asString("")) {
			case "date-time" -> texts.add(allowed ? "2999-12-31T23:59:59.999+01:00" : "tomorrow");
			case "date" -> texts.add(allowed ? LocalDate.now(ZoneOffset.UTC).toString() : "tomorrow");
			case "duration" ->
				(allowed ? Stream.of("PT0S", "P90D") : Stream.of("P91D", "-PT1S", "soon")).forEach(texts);
			default -> {
				if (schema.has("maxLength")) {
					int max = schema.path("maxLength").asInt();
					texts.add("x".repeat(allowed ? max : max + 1));
				}
			}
		}
		return texts.build();
	}

	private static boolean is(JsonNode schema, String type) {
		JsonNode types = schema.path("type");
		return types.isArray() ? types.valueStream().anyMatch((one) -> one.asString().equals(type))
				: types.asString("").equals(type);
	}

	/**
	 * A value of a parameter or a field.
	 *
	 * @param operation the operation
	 * @param name the parameter or the field
	 * @param value its value
	 * @param isClosed whether fields that are not described are refused
	 */
	record Case(String operation, String name, JsonNode value, boolean isClosed) {

		@Override
		public String toString() {
			String text = this.value.toString();
			return this.operation + " " + this.name + "="
					+ ((text.length() > 40) ? text.length() + " characters" : text);
		}

	}

}
