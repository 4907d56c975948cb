package io.memoryrouter.gateway.context;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ScannedMessage;
import io.memoryrouter.gateway.chat.json.JsonSpan;

/**
 * The rolling fingerprint of a conversation: one pass over its messages tells a
 * fingerprint of each beginning. A message counts by its role and by its texts as they
 * stand in the body, so that a long history is not decoded at each request; a client
 * writes what it sends again as it wrote it before.
 */
final class MessageDigester {

	private final MessageDigest digest = sha256();

	private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

	/**
	 * Begins.
	 * @param salt what the fingerprints depend on as well
	 */
	MessageDigester(String salt) {
		part(salt);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Adds a message.
	 * @param message the message
	 */
	void add(ChatMessage message) {
		part(message.role());
		if (message instanceof ScannedMessage scanned) {
			List<JsonSpan> texts = scanned.texts();
			length(texts.size());
			texts.forEach((text) -> part(scanned.body(), text.start(), text.length()));
		}
		else {
			length(1);
			part(message.text());
		}
	}

	/**
	 * The fingerprint of what was added so far. More can be added after it.
	 * @return 64 hexadecimal digits
	 */
	String fingerprint() {
		byte[] sum = this.digest.digest();
		this.digest.update(sum);
		return HexFormat.of().formatHex(sum);
	}

	private void part(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		part(bytes, 0, bytes.length);
	}

	private void part(byte[] bytes, int offset, int count) {
		length(count);
		this.digest.update(bytes, offset, count);
	}

	private void length(int value) {
		this.digest.update(this.length.clear().putInt(value).flip());
	}

}
