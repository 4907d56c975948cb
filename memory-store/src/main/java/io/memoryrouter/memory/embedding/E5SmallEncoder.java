package io.memoryrouter.memory.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * The model e5-small-v2 with 8-bit weights: word pieces, a BERT of 12 layers, the mean
 * over the last hidden states, scaled to length 1 (Wang et al., "Text Embeddings by
 * Weakly-Supervised Contrastive Pre-training", 2022). Weights and vocabulary are
 * resources on the class path; nothing is ever downloaded.
 */
final class E5SmallEncoder implements TextEncoder {

	static final int DIMENSIONS = 384;

	/** The model's window, in word pieces; what lies behind it is cut off. */
	static final int MAX_TOKENS = 512;

	/**
	 * More characters than this are not even split into word pieces: that is 32 for each
	 * piece of the window, where a language has 3 to 5.
	 */
	static final int MAX_CHARACTERS = 16 * 1024;

	/** From this length on, a run gives the memory that it needed back to the system. */
	private static final int LONG_TEXT_TOKENS = 128;

	private static final String MODEL_RESOURCE = "/e5-small-v2-q.onnx";

	private static final String TOKENIZER_RESOURCE = "/e5-small-v2-q-tokenizer.json";

	private final OrtEnvironment environment;

	private final OrtSession session;

	private final HuggingFaceTokenizer tokenizer;

	private E5SmallEncoder(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
		this.environment = environment;
		this.session = session;
		this.tokenizer = tokenizer;
	}

	/**
	 * Loads the model and runs it once, which takes some tenths of a second.
	 * @return the model
	 * @throws EmbeddingException if it, or a native library, cannot be loaded
	 */
	static E5SmallEncoder load() {
		try {
			return warmedUp(open());
		}
		catch (OrtException | IOException | RuntimeException | LinkageError ex) {
			throw new EmbeddingException("The embedding model could not be loaded: " + ex.getMessage(), ex);
		}
	}

	private static E5SmallEncoder open() throws OrtException, IOException {
		HuggingFaceTokenizer tokenizer = TokenizerRuntime.load(resource(TOKENIZER_RESOURCE), MAX_TOKENS);
		try {
			OrtEnvironment environment = OrtEnvironment.getEnvironment();
			return new E5SmallEncoder(environment, openSession(environment), tokenizer);
		}
		catch (OrtException | IOException | RuntimeException | LinkageError ex) {
			tokenizer.close();
			throw ex;
		}
	}

	private static E5SmallEncoder warmedUp(E5SmallEncoder encoder) {
		try {
			encoder.encode("query: warm up");
			return encoder;
		}
		catch (RuntimeException | LinkageError ex) {
			encoder.close();
			throw ex;
		}
	}

	/*
	 * One thread a run: many short runs side by side use the processors better than one
	 * run on all of them. The arena is kept, since without it the C library's allocator
	 * holds more; plans of memory are not, since there would be one for every length.
	 */
	private static OrtSession openSession(OrtEnvironment environment) throws OrtException, IOException {
		try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
			options.setIntraOpNumThreads(1);
			options.setInterOpNumThreads(1);
			options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
			options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
			options.setMemoryPatternOptimization(false);
			return environment.createSession(resource(MODEL_RESOURCE), options);
		}
	}

	private static byte[] resource(String name) throws IOException {
		try (InputStream in = E5SmallEncoder.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IOException(name + " is not on the class path");
			}
			return in.readAllBytes();
		}
	}

	@Override
	public float[] encode(String text) {
		Encoding encoding = this.tokenizer.encode(cut(text));
		try {
			return normalized(sumOfTokens(lastHiddenState(encoding)));
		}
		catch (OrtException ex) {
			throw new EmbeddingException("The embedding model failed", ex);
		}
	}

	private static String cut(String text) {
		return (text.length() <= MAX_CHARACTERS) ? text : text.substring(0, MAX_CHARACTERS);
	}

	/*
	 * One text a run, never a batch: the model scales its 8-bit activations by the whole
	 * batch, so the vector of a text would depend on its neighbours.
	 */
	private FloatBuffer lastHiddenState(Encoding encoding) throws OrtException {
		long[] shape = { 1, encoding.getIds().length };
		try (OnnxTensor ids = tensor(encoding.getIds(), shape);
				OnnxTensor mask = tensor(encoding.getAttentionMask(), shape);
				OnnxTensor types = tensor(encoding.getTypeIds(), shape);
				OrtSession.RunOptions options = runOptions(encoding.getIds().length);
				OrtSession.Result result = this.session
					.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types), options)) {
			return ((OnnxTensor) result.get(0)).getFloatBuffer();
		}
	}

	private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
		return OnnxTensor.createTensor(this.environment, LongBuffer.wrap(values), shape);
	}

	private static OrtSession.RunOptions runOptions(int tokens) throws OrtException {
		OrtSession.RunOptions options = new OrtSession.RunOptions();
		if (tokens >= LONG_TEXT_TOKENS) {
			options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
		}
		return options;
	}

	/**
	 * The mean over all tokens, but for a factor that normalising takes away: without a
	 * batch there is no padding to leave out.
	 */
	private static float[] sumOfTokens(FloatBuffer hidden) {
		int tokens = hidden.remaining() / DIMENSIONS;
		float[] row = new float[DIMENSIONS];
		float[] sum = new float[DIMENSIONS];
		for (int token = 0; token < tokens; token++) {
			hidden.get(row);
			for (int i = 0; i < DIMENSIONS; i++) {
				sum[i] += row[i];
			}
		}
		return sum;
	}

	private static float[] normalized(float[] vector) {
		double squares = 0;
		for (float component : vector) {
			squares += (double) component * component;
		}
		float scale = (float) (1 / Math.sqrt(squares));
		for (int i = 0; i < vector.length; i++) {
			vector[i] *= scale;
		}
		return vector;
	}

	@Override
	public void close() {
		try {
			this.session.close();
		}
		catch (OrtException ex) {
			throw new EmbeddingException("The embedding model could not be closed", ex);
		}
		finally {
			this.tokenizer.close();
		}
	}

}
