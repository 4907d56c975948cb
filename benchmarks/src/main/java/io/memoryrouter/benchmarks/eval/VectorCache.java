package io.memoryrouter.benchmarks.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The vectors of passages in a file, so that only the first run of an evaluation takes
 * minutes. A file is of one model; an entry is found by a hash of its text. What was
 * written when a run was cut short is used by the next; a torn last entry is cut off.
 */
final class VectorCache implements AutoCloseable {

	private static final int KEY_BYTES = 16;

	private final Map<String, float[]> vectors = new HashMap<>();

	private final DataOutputStream out;

	private VectorCache(Path file, int dimensions) throws IOException {
		int entryBytes = KEY_BYTES + dimensions * Float.BYTES;
		if (Files.exists(file)) {
			read(file, entryBytes);
		}
		this.out = new DataOutputStream(
				Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
	}

	/**
	 * Opens the cache of a model.
	 * @param folder the folder of all caches; made if it is missing
	 * @param model the id of the model
	 * @param dimensions the number of components of its vectors
	 * @return the cache
	 * @throws IOException if the file cannot be read or made
	 */
	static VectorCache open(Path folder, String model, int dimensions) throws IOException {
		Files.createDirectories(folder);
		return new VectorCache(folder.resolve(model + "-" + dimensions + ".vectors"), dimensions);
	}

	private void read(Path file, int entryBytes) throws IOException {
		long entries = Files.size(file) / entryBytes;
		try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
			for (long i = 0; i < entries; i++) {
				ByteBuffer entry = ByteBuffer.wrap(in.readNBytes(entryBytes));
				byte[] key = new byte[KEY_BYTES];
				entry.get(key);
				float[] vector = new float[entry.remaining() / Float.BYTES];
				entry.asFloatBuffer().get(vector);
				this.vectors.put(HexFormat.of().formatHex(key), vector);
			}
		}
		try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
			channel.truncate(entries * entryBytes);
		}
	}

	/**
	 * Looks a vector up.
	 * @param passage the text of the passage
	 * @return its vector, or {@code null} if it is not in the cache
	 */
	synchronized float @Nullable [] get(String passage) {
		return this.vectors.get(HexFormat.of().formatHex(key(passage)));
	}

	/**
	 * Keeps a vector.
	 * @param passage the text of the passage
	 * @param vector its vector
	 */
	synchronized void put(String passage, float[] vector) {
		byte[] key = key(passage);
		ByteBuffer entry = ByteBuffer.allocate(KEY_BYTES + vector.length * Float.BYTES).put(key);
		entry.asFloatBuffer().put(vector);
		try {
			this.out.write(entry.array());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The cache of vectors cannot be written", ex);
		}
		this.vectors.put(HexFormat.of().formatHex(key), vector);
	}

	@Override
	public void close() throws IOException {
		this.out.close();
	}

	private static byte[] key(String passage) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(("passage\0" + passage).getBytes(StandardCharsets.UTF_8));
			return Arrays.copyOf(hash, KEY_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
