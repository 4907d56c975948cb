package io.memoryrouter.gateway.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall.Recalled;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold for edits of any request, tried on many random ones. Jackson's tree
 * model is the oracle.
 */
class BodyPropertiesTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String BLOCK = MemoryBlock.render(List.of(new Recalled(new Memory("m", new VaultId("v"), null,
			Role.USER, "Zo\u00eb", "\"\\\n\t\ud83d\ude00</recalled-memories>", Instant.EPOCH, false), 1, 1)));

	@Property(tries = 6000)
	void withBlockThenNothingElseChangesAndStripRestores(@ForAll BodyGrammar grammar, @ForAll long seed,
			@ForAll Placement placement) {
		byte[] body = new RandomBody(grammar, seed).toString().getBytes(StandardCharsets.UTF_8);
		ChatRequest request = grammar.read(body);
		Edit edit = request.withBlock(BLOCK, placement, request.lastUserMessage());
		assertThat(edit).isNotNull();
		byte[] edited = BodySplice.apply(body, List.of(edit));
		assertThat(stripped(edited, edit)).isEqualTo(body);
		if (EnumSet.of(Placement.USER_SUFFIX, Placement.USER_PREFIX).contains(placement)
				|| grammar.instructions().isEmpty()) {
			assertTextsAreRestored(request, grammar.read(edited));
		}
	}

	/** Finds the block by its own text, not by the offset that the edit tells. */
	private static byte[] stripped(byte[] edited, Edit edit) {
		String text = new String(edited, StandardCharsets.ISO_8859_1);
		String inserted = new String(edit.replacement(), StandardCharsets.ISO_8859_1);
		int at = text.indexOf(inserted);
		assertThat(text.indexOf(inserted, at + 1)).isEqualTo(-1);
		return (text.substring(0, at) + text.substring(at + inserted.length())).getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void assertTextsAreRestored(ChatRequest before, ChatRequest after) {
		List<String> expected = before.messages().stream().map(ChatMessage::text).toList();
		List<String> actual = after.messages().stream().map(ChatMessage::text).map(MemoryBlock::strip).toList();
		int added = actual.size() - expected.size();
		// Next to an empty part, the line feed that joins parts can pass for the
		// separator.
		assertThat(actual.subList(added, actual.size())).zipSatisfy(expected,
				(text, original) -> assertThat(text.strip()).isEqualTo(original.strip()));
		assertThat(after.messages()).filteredOn((message) -> message.text().contains(BLOCK)).hasSize(1);
	}

	@Property(tries = 6000)
	void withoutControlsThenOracleAgreesAndRestIsVerbatim(@ForAll BodyGrammar grammar, @ForAll long seed) {
		RandomBody random = new RandomBody(grammar, seed);
		byte[] body = random.toString().getBytes(StandardCharsets.UTF_8);
		ChatRequest request = grammar.read(body);
		byte[] edited = BodySplice.apply(body, request.withoutControls());
		assertThat(MAPPER.readTree(edited)).isEqualTo(withoutControls(grammar, MAPPER.readTree(body)));
		String text = new String(edited, StandardCharsets.UTF_8);
		assertThat(random.kept).allMatch(text::contains);
		ChatRequest again = grammar.read(edited);
		assertThat(again.controls()).isEmpty();
		assertThat(again.withoutControls()).isEmpty();
	}

	@Property(tries = 6000)
	void allEditsTogetherThenOracleAgrees(@ForAll BodyGrammar grammar, @ForAll long seed, @ForAll Placement placement) {
		byte[] body = new RandomBody(grammar, seed).toString().getBytes(StandardCharsets.UTF_8);
		ChatRequest request = grammar.read(body);
		List<Edit> edits = new ArrayList<>(request.withoutControls());
		edits.addAll(request.withModel("m\u00fc\"\n"));
		edits.add(request.withBlock(BLOCK, placement, request.lastUserMessage()));
		JsonNode edited = MAPPER.readTree(BodySplice.apply(body, edits));
		ObjectNode expected = (ObjectNode) withoutControls(grammar, MAPPER.readTree(body));
		JsonNode model = grammar.hasModel() ? StringNode.valueOf("m\u00fc\"\n") : expected.path("model");
		assertThat(edited.path("model")).isEqualTo(model);
		assertThat(edited.toString()).contains(MAPPER.writeValueAsString(BLOCK).replaceAll("^\"|\"$", ""));
		List<String> changed = new ArrayList<>(List.of("model", grammar.list()));
		changed.addAll(grammar.instructions());
		((ObjectNode) edited).remove(changed);
		assertThat(edited).isEqualTo(expected.remove(changed));
	}

	private static JsonNode withoutControls(BodyGrammar grammar, JsonNode body) {
		ObjectNode object = (ObjectNode) body;
		object.remove(object.propertyNames().stream().filter(ChatRequest::isControl).toList());
		object.get(grammar.list()).forEach((message) -> ((ObjectNode) message).remove("memory"));
		return object;
	}

}
