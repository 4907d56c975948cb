package io.memoryrouter.gateway.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.memoryrouter.gateway.api.OpenApiEndpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.ClassPathResource;

/**
 * The document that {@code /v1/openapi.json} serves, and what it says of an instance. It
 * is taken by the letter: a member that an object's schema does not name is wrong, which
 * a client may not assume, but what is answered today has to be described.
 */
final class ApiDocument {

	private static final String LOCATION = "https://memoryrouter.example/openapi.json";

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

	private final String text;

	private final JsonNode root;

	private final SchemaRegistry schemas;

	ApiDocument() {
		this.text = load();
		this.root = JsonMapper.shared().readTree(this.text);
		JsonNode strict = this.root.deepCopy();
		close(strict);
		this.schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(builder) -> builder.schemas(Map.of(LOCATION, strict.toString())));
	}

	private static String load() {
		try {
			return new ClassPathResource("openapi.json", OpenApiEndpoint.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void close(JsonNode node) {
		if (node instanceof ObjectNode object && object.path("type").asString("").equals("object")
				&& object.has("properties") && !object.has("additionalProperties")) {
			object.put("additionalProperties", false);
		}
		node.forEach(ApiDocument::close);
	}

	String text() {
		return this.text;
	}

	JsonNode root() {
		return this.root;
	}

	/** Follows a reference, if it is one. */
	JsonNode resolve(JsonNode node) {
		JsonNode reference = node.path("$ref");
		return reference.isMissingNode() ? node : this.root.at(reference.asString().substring(1));
	}

	/** All operations by their id. */
	Map<String, Operation> operations() {
		Map<String, Operation> operations = new LinkedHashMap<>();
		this.root.path("paths").properties().forEach((path) -> path.getValue().properties().forEach((member) -> {
			if (METHODS.contains(member.getKey())) {
				Operation operation = new Operation(path.getKey(), member.getKey().toUpperCase(Locale.ROOT),
						member.getValue(), parameters(path.getValue(), member.getValue()));
				operations.put(operation.id(), operation);
			}
		}));
		return operations;
	}

	private List<JsonNode> parameters(JsonNode path, JsonNode operation) {
		return Stream.of(path, operation)
			.flatMap((owner) -> owner.path("parameters").valueStream())
			.map(this::resolve)
			.toList();
	}

	/**
	 * Checks an instance.
	 * @param pointer where its schema stands in the document
	 * @param instance the instance
	 * @return what is wrong with it
	 */
	List<String> faults(String pointer, JsonNode instance) {
		List<Error> errors = this.schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer))
			.validate(instance, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)));
		return errors.stream().map(Error::toString).toList();
	}

	/** Pointers to all objects that have a member. */
	List<String> pointersTo(String member) {
		List<String> found = new ArrayList<>();
		collect("", this.root, member, found);
		return found;
	}

	private static void collect(String pointer, JsonNode node, String member, List<String> found) {
		if (node.isObject()) {
			if (node.has(member)) {
				found.add(pointer);
			}
			node.properties()
				.forEach((child) -> collect(pointer + "/" + escape(child.getKey()), child.getValue(), member, found));
		}
		for (int i = 0; node.isArray() && i < node.size(); i++) {
			collect(pointer + "/" + i, node.get(i), member, found);
		}
	}

	static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

	/**
	 * One operation.
	 *
	 * @param path the template of its path
	 * @param method its method
	 * @param node what is said of it
	 * @param parameters its parameters, those of its path included
	 */
	record Operation(String path, String method, JsonNode node, List<JsonNode> parameters) {

		String id() {
			return this.node.path("operationId").asString();
		}

		String route() {
			return this.method + " " + this.path;
		}

		String pointer() {
			return "/paths/" + escape(this.path) + "/" + this.method.toLowerCase(Locale.ROOT);
		}

		@Override
		public String toString() {
			return id();
		}

	}

}
