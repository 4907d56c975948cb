package io.memoryrouter.gateway.chat.stream;

import java.util.Locale;

import io.netty.handler.codec.compression.ZlibWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@code Content-Encoding} off a copy of what streams by.
 */
public interface ContentDecoder extends ByteSink, AutoCloseable {

	/**
	 * Whether the bytes turned out not to be of the encoding, or grew out of all
	 * proportion. Whatever comes then is passed over.
	 * @return whether
	 */
	boolean isBroken();

	@Override
	void close();

	/**
	 * Makes a decoder that passes on what is not encoded.
	 * @param target takes it
	 * @return the decoder
	 */
	static ContentDecoder identity(ByteSink target) {
		return new IdentityDecoder(target);
	}

	/**
	 * Makes the decoder of an encoding.
	 * @param encoding the value of {@code Content-Encoding}, or {@code null}
	 * @param target takes what is decoded
	 * @return the decoder, or {@code null} if the encoding is not known: known are
	 * {@code gzip}, {@code deflate} and {@code identity}
	 */
	static @Nullable ContentDecoder of(@Nullable String encoding, ByteSink target) {
		String name = (encoding != null) ? encoding.strip().toLowerCase(Locale.ROOT) : "";
		return switch (name) {
			case "", "identity" -> identity(target);
			case "gzip", "x-gzip" -> new InflatingDecoder(ZlibWrapper.GZIP, target);
			case "deflate" -> new InflatingDecoder(ZlibWrapper.ZLIB_OR_NONE, target);
			default -> null;
		};
	}

}
