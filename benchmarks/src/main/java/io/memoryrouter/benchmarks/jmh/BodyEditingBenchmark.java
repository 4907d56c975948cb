package io.memoryrouter.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * What memory costs between a request and its provider, without recall: scanning the
 * body, taking this product's fields out, setting the model, putting a block in; and
 * reading along with a stream of 400 chunks of about 170 bytes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BodyEditingBenchmark {

	private static final Dialect DIALECT = dialect();

	private static final String SENTENCE = "The quick brown fox said \\\"hello\\\" to the caf\u00e9,\\nthen it slept. ";

	/**
	 * Scans a request and splices all edits into it.
	 * @param body the request
	 * @return the body as it goes to the provider
	 */
	@Benchmark
	public byte[] scanAndSplice(Body body) {
		ChatRequest request = DIALECT.read("/v1/chat/completions", body.bytes);
		List<Edit> edits = new ArrayList<>(request.withoutControls());
		edits.addAll(request.withModel("gpt-5.5"));
		Edit block = request.withBlock(body.block, Placement.USER_SUFFIX, request.lastUserMessage());
		if (block != null) {
			edits.add(block);
		}
		return BodySplice.apply(body.bytes, edits);
	}

	/**
	 * Reads along with a whole stream.
	 * @param stream the answer
	 * @return what was said
	 */
	@Benchmark
	public AnswerReader.Answer readStream(Stream stream) {
		try (AnswerReader reader = DIALECT.answerReader(stream.headers, 1024 * 1024)) {
			for (DataBuffer buffer : stream.buffers) {
				reader.read(buffer);
			}
			return reader.answer();
		}
	}

	private static Dialect dialect() {
		Dialect dialect = Dialect.of(HttpMethod.POST, "/v1/chat/completions");
		if (dialect == null) {
			throw new IllegalStateException("No dialect for OpenAI Chat Completions");
		}
		return dialect;
	}

	/** A conversation of messages of about 700 bytes. */
	@State(Scope.Benchmark)
	public static class Body {

		/** The size of the body, in KiB. */
		@Param({ "16", "200" })
		public int kibibytes;

		private byte[] bytes = {};

		private final String block = "[2023-05-08] user: I adopted a dog last week.\n".repeat(20);

		/** Makes the request. */
		@Setup
		public void make() {
			StringBuilder body = new StringBuilder("{\"model\": \"openai/gpt-5.5\", \"session_id\": \"s1\", ")
				.append("\"stream\": true, \"temperature\": 0.7, \"messages\": [")
				.append("{\"role\": \"system\", \"content\": \"Be brief.\"}");
			for (int turn = 0; body.length() < this.kibibytes * 1024 - 800; turn++) {
				body.append(", {\"role\": \"")
					.append((turn % 2 == 0) ? "user" : "assistant")
					.append("\", \"content\": \"")
					.append(SENTENCE.repeat(10))
					.append("\"}");
			}
			body.append(", {\"role\": \"user\", \"content\": \"What is my dog called?\"}]}");
			this.bytes = body.toString().getBytes(StandardCharsets.UTF_8);
		}

	}

	/** A stream with one chunk a buffer. */
	@State(Scope.Benchmark)
	public static class Stream {

		private static final int CHUNKS = 400;

		private final HttpHeaders headers = new HttpHeaders();

		private final List<DataBuffer> buffers = new ArrayList<>();

		/** Makes the answer. */
		@Setup
		public void make() {
			this.headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream");
			for (int i = 0; i < CHUNKS; i++) {
				add("{\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,"
						+ "\"model\":\"gpt-5.5\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word" + i
						+ "\"},\"logprobs\":null,\"finish_reason\":null}]}");
			}
			add("[DONE]");
		}

		private void add(String data) {
			byte[] event = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
			this.buffers.add(DefaultDataBufferFactory.sharedInstance.wrap(event));
		}

	}

}
