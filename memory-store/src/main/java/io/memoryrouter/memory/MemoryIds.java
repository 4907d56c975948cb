package io.memoryrouter.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Derives the ids of memories from what they are, so that a retry, a replay after a crash
 * and two replicas that store the same exchange all arrive at the same record.
 * <p>
 * {@code id = "mem_" + hex(SHA-256(vault, session, role, speaker, text, before))[0..32)},
 * where {@code before} is the exchange's {@link Exchange#precededBy() history} for its
 * first turn and the id of the turn before it for the others. Each part is hashed with
 * its length, so that no two lists of parts collide.
 */
public final class MemoryIds {

	private static final int HEX_DIGITS = 32;

	private MemoryIds() {
	}

	static List<Memory> assign(Exchange exchange) {
		List<Memory> memories = new ArrayList<>(exchange.turns().size());
		String before = exchange.precededBy();
		for (Exchange.Turn turn : exchange.turns()) {
			String id = id(exchange.vault(), exchange.session(), turn, before);
			memories.add(new Memory(id, exchange.vault(), exchange.session(), turn.role(), turn.speaker(), turn.text(),
					exchange.createdAt().truncatedTo(ChronoUnit.MILLIS), turn.partial()));
			before = id;
		}
		return memories;
	}

	private static String id(VaultId vault, @Nullable SessionId session, Exchange.Turn turn, String before) {
		return "mem_" + fingerprint(vault.value(), (session != null) ? session.value() : "", turn.role().name(),
				(turn.speaker() != null) ? turn.speaker() : "", turn.text(), before);
	}

	/**
	 * A fingerprint of some texts: equal for equal lists, different otherwise.
	 * @param parts the texts
	 * @return 32 hexadecimal digits
	 */
	public static String fingerprint(String... parts) {
		MessageDigest digest = sha256();
		for (String part : parts) {
			byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
			digest.update(bytes);
		}
		return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
