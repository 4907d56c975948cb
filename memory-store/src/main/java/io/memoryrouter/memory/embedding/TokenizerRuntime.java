package io.memoryrouter.memory.embedding;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * DJL's native library of tokenizers, loaded so that it neither asks the network for
 * anything nor runs code that another user of the machine may have put there.
 */
final class TokenizerRuntime {

	private static final String CACHE_PROPERTY = "ENGINE_CACHE_DIR";

	private TokenizerRuntime() {
	}

	/**
	 * Makes a tokenizer that cuts and does not pad.
	 * @param json the tokenizer in Hugging Face's form
	 * @param maxTokens the length to cut at, special tokens included
	 * @return the tokenizer
	 * @throws IOException if the native library cannot be unpacked
	 */
	static HuggingFaceTokenizer load(byte[] json, int maxTokens) throws IOException {
		stayOffline();
		Path ownFolder = ownFolder();
		Map<String, String> options = Map.of("truncation", "true", "padding", "false", "maxLength",
				String.valueOf(maxTokens), "modelMaxLength", String.valueOf(maxTokens));
		HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
		if (ownFolder != null) {
			deleteOnExit(ownFolder);
		}
		return tokenizer;
	}

	/**
	 * DJL asks the cloud's metadata service who runs it and reports that, and would
	 * download a build of its library for a GPU, unless it is told otherwise before it is
	 * first used.
	 */
	private static void stayOffline() {
		System.setProperty("OPT_OUT_TRACKING", "true");
		System.setProperty("ai.djl.offline", "true");
	}

	/**
	 * DJL unpacks its library below the user's home and uses it again at the next start.
	 * Where that cannot be written, it takes a folder of a known name in the directory
	 * for temporary files, where anybody may have put a library of theirs: then this
	 * process uses a folder of its own.
	 */
	private static @Nullable Path ownFolder() throws IOException {
		if (isSet(CACHE_PROPERTY) || isSet("DJL_CACHE_DIR") || Files.isWritable(Path.of(property("user.home")))) {
			return null;
		}
		Path folder = Files.createTempDirectory("memoryrouter-tokenizers");
		System.setProperty(CACHE_PROPERTY, folder.toString());
		return folder;
	}

	/** Parents first: they are deleted in the opposite order. */
	private static void deleteOnExit(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			files.map(Path::toFile).forEach(File::deleteOnExit);
		}
	}

	private static boolean isSet(String name) {
		String variable = System.getenv(name);
		return (variable != null && !variable.isEmpty()) || !property(name).isEmpty();
	}

	private static String property(String name) {
		return System.getProperty(name, "");
	}

}
