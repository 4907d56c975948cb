package io.memoryrouter.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import io.netty.buffer.UnpooledByteBufAllocator;
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
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;

/**
 * What memory costs between a request and its provider, without recall: scanning the
 * body, taking this product's fields out, setting the model, putting a block in, against
 * joining the body alone; and reading along with a stream of 400 chunks of about 170
 * bytes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BodyEditingBenchmark {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	/**
	 * What any filter costs that reads a body: the buffers become one array.
	 * @param body the request
	 * @return the body as it came
	 */
	@Benchmark
	public byte[] join(Body body) {
		return joined(body);
	}

	/**
	 * What memory adds to that: the request is scanned and all edits are spliced in.
	 * @param body the request
	 * @return the body as it goes to the provider
	 */
	@Benchmark
	public DataBuffer joinAndEdit(Body body) {
		ChatRequest request = body.parser.read(body.dialect.path(), joined(body));
		List<Edit> edits = new ArrayList<>(request.withoutControls());
		edits.addAll(request.withModel("gpt-5.5"));
		Edit block = request.withBlock(body.block, Placement.USER_SUFFIX, request.lastUserMessage());
		if (block != null) {
			edits.add(block);
		}
		return BUFFERS.join(BodySplice.pieces(request.body(), edits).stream().map(BUFFERS::wrap).toList());
	}

	private static byte[] joined(Body body) {
		List<DataBuffer> buffers = new ArrayList<>();
		for (byte[] piece : body.pieces) {
			buffers.add(BUFFERS.wrap(piece));
		}
		DataBuffer whole = BUFFERS.join(buffers);
		byte[] bytes = new byte[whole.readableByteCount()];
		whole.read(bytes);
		DataBufferUtils.release(whole);
		return bytes;
	}

	/**
	 * Reads along with a whole stream.
	 * @param stream the answer
	 * @return what was said
	 */
	@Benchmark
	public AnswerReader.Answer readStream(Stream stream) {
		try (AnswerReader reader = BenchmarkDialect.OPENAI_CHAT.dialect().answerReader(stream.headers, 1024 * 1024)) {
			for (DataBuffer buffer : stream.buffers) {
				reader.read(buffer);
			}
			return reader.answer();
		}
	}

	/** A conversation, in buffers as a connection delivers them. */
	@State(Scope.Benchmark)
	public static class Body {

		private static final int BUFFER_BYTES = 16 * 1024;

		/** The dialect of the body. */
		@Param
		public BenchmarkDialect dialect = BenchmarkDialect.OPENAI_CHAT;

		/** The size of the body, in KiB. */
		@Param({ "1", "16", "200" })
		public int kibibytes;

		private Dialect parser = this.dialect.dialect();

		private final List<byte[]> pieces = new ArrayList<>();

		private final String block = "[2023-05-08] user: I adopted a dog last week.\n".repeat(20);

		/** Makes the request. */
		@Setup
		public void make() {
			this.parser = this.dialect.dialect();
			byte[] bytes = this.dialect.conversation(this.kibibytes * 1024);
			for (int start = 0; start < bytes.length; start += BUFFER_BYTES) {
				this.pieces.add(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + BUFFER_BYTES)));
			}
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
