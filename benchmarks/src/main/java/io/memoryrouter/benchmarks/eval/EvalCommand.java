package io.memoryrouter.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.memoryrouter.benchmarks.gateway.GatewayProcess;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedding.OnnxEmbedderSettings;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.retrieval.IndexedMemoryRetriever;
import io.memoryrouter.memory.retrieval.RetrievalSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how much of what a question needs is recalled, on a question set that is not
 * shipped with the project. One configuration serves all sets: the one that is shipped.
 */
@Command(name = "eval", mixinStandardHelpOptions = true, showDefaultValues = true,
		description = "Measures recall on a question set: one vault a conversation, on the embedded store")
public final class EvalCommand implements Callable<Integer> {

	@Option(names = "--data", required = true, paramLabel = "DIR",
			description = "folder of the set, with turns.jsonl.gz and queries.jsonl.gz")
	private Path data = Path.of("");

	@Option(names = "--cache", paramLabel = "DIR", defaultValue = "target/eval-vectors",
			description = "folder where the vectors of passages are kept for the next run")
	private Path cache = Path.of("");

	@Option(names = "--limit-conversations", paramLabel = "N", defaultValue = "2147483647",
			description = "only the first N conversations")
	private int limitConversations;

	@Option(names = "--json", paramLabel = "FILE", description = "also write the report to this file")
	private @Nullable Path json;

	@Option(names = "--through-gateway",
			description = "replay as HTTP exchanges through the sample gateway; what is said through it is said now, "
					+ "so compare with --undated")
	private boolean throughGateway;

	@Option(names = "--undated", description = "take everything as said now, one turn after another")
	private boolean undated;

	@Option(names = "--jar", paramLabel = "FILE", defaultValue = "sample-gateway/target/sample-gateway.jar",
			description = "the sample gateway's executable jar")
	private Path jar = Path.of("");

	@Override
	public Integer call() throws IOException {
		List<Conversation> conversations = DatasetReader.read(this.data)
			.stream()
			.limit(this.limitConversations)
			.map((conversation) -> this.undated ? conversation.saidAt(Instant.now()) : conversation)
			.toList();
		EvalReport report = this.throughGateway ? evaluateThroughGateway(conversations) : evaluate(conversations);
		System.out.println(report.toText());
		if (this.json != null) {
			Files.writeString(this.json,
					JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report.toMap()));
		}
		return 0;
	}

	private EvalReport evaluateThroughGateway(List<Conversation> conversations) {
		try (GatewayProcess gateway = GatewayProcess.start(this.jar, Map.of("MEMORYROUTER_CONTEXT_DEADLINE", "5s"),
				List.of())) {
			return Evaluation.run(conversations, new GatewayRecall(gateway));
		}
	}

	private EvalReport evaluate(List<Conversation> conversations) throws IOException {
		Path folder = Files.createTempDirectory("memoryrouter-eval");
		try (EmbeddedDatabase database = EmbeddedDatabase.open(folder);
				OnnxTextEmbedder model = OnnxTextEmbedder.start(OnnxEmbedderSettings.defaults());
				VectorCache vectors = VectorCache.open(this.cache, model.model(), model.dimensions())) {
			EmbeddedMemoryStore store = new EmbeddedMemoryStore(database);
			TextEmbedder embedder = new CachingEmbedder(model, vectors);
			try (IndexedMemoryRetriever retriever = new IndexedMemoryRetriever(store, embedder,
					RetrievalSettings.DEFAULT)) {
				return Evaluation.run(conversations, new StoreRecall(store, embedder, retriever));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

}
