package io.memoryrouter.benchmarks.eval;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.benchmarks.gateway.GatewayProcess;
import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores and recalls as an application would: every turn and every question is an HTTP
 * exchange with the model {@code demo/echo}, which says which memories it was handed.
 * <p>
 * A block is ordered by time, so the ranking is asked for in three steps: the first 5,
 * then what is new in the first 10, then what is new in the first 20.
 */
final class GatewayRecall implements RecallFunction {

	private static final int[] DEPTHS = { 5, 10, 20 };

	private static final VaultId ANY_VAULT = new VaultId("any");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final GatewayProcess gateway;

	private final Map<String, String> keys = new HashMap<>();

	/** The ids of the turns by how a block shows them: the same words may come twice. */
	private final Map<String, List<String>> turnsByParagraph = new HashMap<>();

	GatewayRecall(GatewayProcess gateway) {
		this.gateway = gateway;
	}

	@Override
	public void remember(Conversation conversation, List<Turn> turns) {
		for (Turn turn : turns) {
			Map<String, Object> message = new LinkedHashMap<>();
			message.put("role", "user");
			if (turn.speaker() != null) {
				message.put("name", turn.speaker());
			}
			message.put("content", turn.text());
			HttpRequest.Builder request = chat(conversation, ":write", List.of(message));
			send(request.header("X-Session-ID", turn.session()));
			this.turnsByParagraph.computeIfAbsent(paragraphOf(turn), (paragraph) -> new ArrayList<>()).add(turn.id());
		}
		this.gateway.awaitEmbedded();
	}

	@Override
	public Answer recall(Conversation conversation, Question question) {
		Set<String> ranked = new LinkedHashSet<>();
		Duration embedding = Duration.ZERO;
		Duration retrieval = Duration.ZERO;
		for (int depth : DEPTHS) {
			HttpResponse<String> response = send(chat(conversation, ":read", messages(question))
				.header("X-Memory-Context-Limit", Integer.toString(depth)));
			ranked.addAll(turns(response.body()));
			embedding = embedding.plus(milliseconds(response.headers(), "X-Embedding-Ms"));
			retrieval = retrieval.plus(milliseconds(response.headers(), "X-Memory-Retrieval-Ms"));
		}
		return new Answer(List.copyOf(ranked), embedding.dividedBy(DEPTHS.length), retrieval.dividedBy(DEPTHS.length));
	}

	private static List<Map<String, Object>> messages(Question question) {
		List<Map<String, Object>> messages = new ArrayList<>();
		question.history().forEach((text) -> messages.add(Map.of("role", "user", "content", text)));
		messages.add(Map.of("role", "user", "content", question.text()));
		return messages;
	}

	private HttpRequest.Builder chat(Conversation conversation, String suffix, List<Map<String, Object>> messages) {
		String key = this.keys.computeIfAbsent(conversation.id(), (id) -> this.gateway.issueKey());
		String body = MAPPER.writeValueAsString(Map.of("model", "demo/echo", "messages", messages));
		return HttpRequest.newBuilder(this.gateway.uri("/v1/chat/completions"))
			.header("Authorization", "Bearer " + key + suffix)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		HttpResponse<String> response = this.gateway.send(request.build());
		if (response.statusCode() != 200) {
			throw new IllegalStateException("The gateway answered " + response.statusCode() + ": " + response.body());
		}
		return response;
	}

	private List<String> turns(String body) {
		JsonNode content = MAPPER.readTree(body).at("/choices/0/message/content");
		Map<String, Queue<String>> unused = new HashMap<>();
		List<String> turns = new ArrayList<>();
		for (String paragraph : paragraphs(content.asString())) {
			String turn = unused
				.computeIfAbsent(paragraph,
						(key) -> new ArrayDeque<>(this.turnsByParagraph.getOrDefault(key, List.of())))
				.poll();
			if (turn != null) {
				turns.add(turn);
			}
		}
		return turns;
	}

	/** The memories of a block, each without its day. */
	private static List<String> paragraphs(String block) {
		List<String> paragraphs = new ArrayList<>();
		for (String line : block.split("\n")) {
			if (line.startsWith("[")) {
				paragraphs.add(line.substring(line.indexOf(']') + 1));
			}
			else if (line.startsWith("  ") && !paragraphs.isEmpty()) {
				paragraphs.add(paragraphs.remove(paragraphs.size() - 1) + "\n" + line);
			}
		}
		return paragraphs;
	}

	private static String paragraphOf(Turn turn) {
		Memory memory = new Memory(turn.id(), ANY_VAULT, new SessionId(turn.session()), turn.role(), turn.speaker(),
				turn.text(), Instant.EPOCH, false);
		return paragraphs(MemoryBlock.render(List.of(new Recall.Recalled(memory, 0, 0)))).get(0);
	}

	private static Duration milliseconds(HttpHeaders headers, String name) {
		return Duration.ofNanos((long) (Double.parseDouble(headers.firstValue(name).orElse("0")) * 1e6));
	}

}
