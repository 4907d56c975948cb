package io.memoryrouter.gateway.chat.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContentDecoder}.
 */
class ContentDecoderTests {

	private static final byte[] TEXT = "Some text, some more text. ".repeat(40).getBytes(StandardCharsets.UTF_8);

	private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "x-gzip", " GZIP ", "deflate", "raw-deflate", "identity" })
	void acceptWhenSplitAnywhereThenDecoded(String encoding) {
		byte[] encoded = encode(encoding, TEXT);
		for (int split = 0; split <= encoded.length; split++) {
			this.decoded.reset();
			try (ContentDecoder decoder = ContentDecoder.of(encoding.replace("raw-", ""), this.decoded::write)) {
				decoder.accept(encoded, 0, split);
				decoder.accept(encoded, split, encoded.length - split);
				assertThat(this.decoded.toByteArray()).isEqualTo(TEXT);
				assertThat(decoder.isBroken()).isFalse();
			}
		}
	}

	@Test
	void acceptWhenArrayIsReusedThenDecoded() {
		byte[] encoded = encode("gzip", TEXT);
		byte[] reused = new byte[1];
		try (ContentDecoder decoder = ContentDecoder.of("gzip", this.decoded::write)) {
			for (byte each : encoded) {
				reused[0] = each;
				decoder.accept(reused, 0, 1);
			}
		}
		assertThat(this.decoded.toByteArray()).isEqualTo(TEXT);
	}

	@Test
	void acceptWhenFlushedThenDecodedAtOnce() throws IOException {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(encoded, true);
				ContentDecoder decoder = ContentDecoder.of("gzip", this.decoded::write)) {
			gzip.write(TEXT);
			gzip.flush();
			decoder.accept(encoded.toByteArray(), 0, encoded.size());
			assertThat(this.decoded.toByteArray()).isEqualTo(TEXT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "br", "zstd", "gzip, gzip", "compress" })
	void ofWhenUnknownEncodingThenNone(String encoding) {
		assertThat(ContentDecoder.of(encoding, this.decoded::write)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "deflate" })
	void acceptWhenNotEncodedThenBroken(String encoding) {
		byte[] garbage = "\u0007\u0007 no such encoding, nothing of the kind".getBytes(StandardCharsets.UTF_8);
		try (ContentDecoder decoder = ContentDecoder.of(encoding, this.decoded::write)) {
			decoder.accept(garbage, 0, garbage.length);
			decoder.accept(garbage, 0, garbage.length);
			assertThat(decoder.isBroken()).isTrue();
		}
	}

	@Test
	void acceptWhenBombThenStops() {
		byte[] bomb = encode("gzip", new byte[100_000_000]);
		long[] size = new long[1];
		try (ContentDecoder decoder = ContentDecoder.of("gzip", (bytes, offset, length) -> size[0] += length)) {
			for (int offset = 0; offset < bomb.length; offset += 4096) {
				decoder.accept(bomb, offset, Math.min(4096, bomb.length - offset));
			}
			assertThat(decoder.isBroken()).isTrue();
		}
		assertThat(size[0]).isBetween(1_000_000L, 10_000_000L);
	}

	@Test
	void closeWhenCutOffThenNoError() {
		byte[] encoded = encode("gzip", TEXT);
		for (int length = 0; length < encoded.length; length++) {
			ContentDecoder decoder = ContentDecoder.of("gzip", this.decoded::write);
			decoder.accept(encoded, 0, length);
			decoder.close();
			decoder.close();
			decoder.accept(encoded, length, encoded.length - length);
		}
	}

	private static byte[] encode(String encoding, byte[] text) {
		return switch (encoding) {
			case "identity" -> text;
			case "deflate" -> encode(text, DeflaterOutputStream::new);
			case "raw-deflate" -> encode(text, (out) -> new DeflaterOutputStream(out, new Deflater(6, true)));
			default -> encode(text, ContentDecoderTests::gzip);
		};
	}

	private static OutputStream gzip(OutputStream out) {
		try {
			return new GZIPOutputStream(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] encode(byte[] text, Function<OutputStream, OutputStream> encoder) {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (OutputStream out = encoder.apply(encoded)) {
			out.write(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return encoded.toByteArray();
	}

}
