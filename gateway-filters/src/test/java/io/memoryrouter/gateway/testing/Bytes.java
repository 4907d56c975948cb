package io.memoryrouter.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * Bytes as they go over a wire.
 */
public final class Bytes {

	private Bytes() {
	}

	/** A text in UTF-8. */
	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	public static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(encoded)) {
			out.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return encoded.toByteArray();
	}

}
