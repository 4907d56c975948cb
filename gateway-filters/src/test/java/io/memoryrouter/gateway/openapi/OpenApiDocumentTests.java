package io.memoryrouter.gateway.openapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.memoryrouter.gateway.openapi.ApiDocument.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document by itself: it is one of OpenAPI 3.1, whole, and its examples are right.
 */
class OpenApiDocumentTests {

	private static final ApiDocument document = new ApiDocument();

	static List<Operation> operations() {
		return List.copyOf(document.operations().values());
	}

	@Test
	void parseWhenReadByAnOpenApiParserThenNothingIsWrong() {
		ParseOptions options = new ParseOptions();
		options.setResolve(true);
		SwaggerParseResult result = new OpenAPIV3Parser().readContents(document.text(), null, options);
		assertThat(result.getMessages()).isEmpty();
		assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.1.");
		assertThat(result.getOpenAPI().getPaths()).hasSameSizeAs(document.root().path("paths"));
	}

	@Test
	void serversWhenServedAnywhereThenAreThere() {
		assertThat(document.root().at("/servers/0/url").asString()).isEqualTo("/");
	}

	@Test
	void referencesWhenFollowedThenLeadToWhatIsThereAndReachAllOfIt() {
		Set<String> references = document.pointersTo("$ref")
			.stream()
			.map((pointer) -> document.root().at(pointer).path("$ref").asString().substring(1))
			.collect(Collectors.toSet());
		assertThat(references).allSatisfy(
				(reference) -> assertThat(document.root().at(reference).isMissingNode()).as(reference).isFalse());
		document.root()
			.path("components")
			.properties()
			.forEach((kind) -> kind.getValue().properties().forEach((one) -> {
				String pointer = "/components/" + kind.getKey() + "/" + one.getKey();
				boolean told = document.text().contains("`" + one.getKey() + "` describes");
				assertThat(kind.getKey().equals("securitySchemes") || told || references.contains(pointer)).as(pointer)
					.isTrue();
			}));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void operationWhenReadThenIsDescribed(Operation operation) {
		JsonNode node = operation.node();
		assertThat(node.path("summary").asString()).isNotBlank();
		assertThat(node.path("description").asString()).endsWith(".");
		assertThat(operation.id()).matches("[a-z][A-Za-z]+");
		assertThat(node.path("security").isArray()).isTrue();
		Collection<String> statuses = node.path("responses").propertyNames();
		assertThat(statuses).anyMatch((status) -> status.startsWith("2"));
		if (!node.path("security").isEmpty()) {
			assertThat(statuses).contains("401", "503");
		}
		assertThat(tags()).contains(node.at("/tags/0").asString());
	}

	@Test
	void operationsWhenComparedThenHaveDifferentIds() {
		assertThat(document.operations()).hasSameSizeAs(document.pointersTo("operationId"));
	}

	private static Set<String> tags() {
		return document.root()
			.path("tags")
			.valueStream()
			.map((tag) -> tag.path("name").asString())
			.collect(Collectors.toSet());
	}

	/** A template's names are its parameters, and each is required. */
	@ParameterizedTest
	@MethodSource("operations")
	void pathWhenItHasNamesThenTheyAreItsParameters(Operation operation) {
		List<String> declared = operation.parameters()
			.stream()
			.filter((parameter) -> parameter.path("in").asString().equals("path"))
			.filter((parameter) -> parameter.path("required").asBoolean())
			.map((parameter) -> "{" + parameter.path("name").asString() + "}")
			.toList();
		assertThat(List.of(operation.path().split("/")).stream().filter((part) -> part.startsWith("{")))
			.containsExactlyInAnyOrderElementsOf(declared);
	}

	static List<String> examples() {
		return document.pointersTo("example")
			.stream()
			.filter((pointer) -> document.root().at(pointer).has("schema"))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void exampleWhenCheckedThenIsOfItsSchema(String pointer) {
		assertThat(document.faults(pointer + "/schema", document.root().at(pointer).path("example"))).isEmpty();
	}

	static Map<String, List<String>> lines() {
		return Map.of("UploadLine", List.of("uploadMemories", "/requestBody"), "ExportLine",
				List.of("exportMemories", "/responses/200"));
	}

	/** What a schema of text cannot tell of its lines. */
	@ParameterizedTest
	@MethodSource("lineSchemas")
	void linesWhenCheckedThenAreOfTheSchemaThatIsNamed(String schema) {
		Operation operation = document.operations().get(lines().get(schema).get(0));
		JsonNode example = operation.node()
			.at(lines().get(schema).get(1) + "/content/" + ApiDocument.escape("application/x-ndjson") + "/example");
		assertThat(example.asString().lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(
					document.faults("/components/schemas/" + schema, JsonMapper.shared().readTree(line)))
				.isEmpty());
	}

	static Set<String> lineSchemas() {
		return lines().keySet();
	}

}
