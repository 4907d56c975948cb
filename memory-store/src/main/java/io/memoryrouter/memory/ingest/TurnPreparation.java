package io.memoryrouter.memory.ingest;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Role;
import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what was said what is stored: storable, without secrets, bounded. Turns of
 * which nothing remains are left out. Equal exchanges become equal exchanges, so that
 * their memories have equal ids.
 */
final class TurnPreparation {

	/**
	 * How much of a longer text than allowed is looked at for secrets beyond the end: one
	 * that the cut would halve is recognised.
	 */
	private static final int REDACTION_MARGIN = 8 * 1024;

	private static final int MAX_SPEAKER_LENGTH = 256;

	private final Redactor redactor;

	private final int maxTextLength;

	private final Counter redacted;

	TurnPreparation(Redactor redactor, int maxTextLength, Counter redacted) {
		this.redactor = redactor;
		this.maxTextLength = maxTextLength;
		this.redacted = redacted;
	}

	Exchange prepare(Exchange exchange) {
		List<Exchange.Turn> turns = new ArrayList<>(exchange.turns().size());
		for (Exchange.Turn turn : exchange.turns()) {
			Exchange.Turn prepared = prepare(turn);
			if (!prepared.text().isBlank()) {
				turns.add(prepared);
			}
		}
		return new Exchange(exchange.vault(), exchange.session(), exchange.createdAt(), exchange.precededBy(), turns);
	}

	/**
	 * Prepares a text alone.
	 * @param text the text
	 * @return what of it may be stored; may be blank
	 */
	String prepareText(String text) {
		return prepare(new Exchange.Turn(Role.USER, null, text, false)).text();
	}

	private Exchange.Turn prepare(Exchange.Turn turn) {
		String storable = StorableText.clean(StorableText.cut(turn.text(), this.maxTextLength + REDACTION_MARGIN));
		String text = redact(storable);
		boolean cut = text.length() > this.maxTextLength || turn.text().length() > storable.length();
		return new Exchange.Turn(turn.role(), speaker(turn.speaker()), StorableText.cut(text, this.maxTextLength),
				turn.partial() || cut);
	}

	/** A name is as much the client's as a text, and stands beside it in the block. */
	private @Nullable String speaker(@Nullable String speaker) {
		if (speaker == null || speaker.isBlank()) {
			return null;
		}
		String storable = StorableText.clean(StorableText.cut(speaker.strip(), MAX_SPEAKER_LENGTH + REDACTION_MARGIN));
		return StorableText.cut(redact(storable), MAX_SPEAKER_LENGTH);
	}

	private String redact(String storable) {
		String text = this.redactor.redact(storable);
		if (!text.equals(storable)) {
			this.redacted.increment();
		}
		return text;
	}

}
