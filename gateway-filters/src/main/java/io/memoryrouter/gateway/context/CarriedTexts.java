package io.memoryrouter.gateway.context;

import java.util.List;
import java.util.function.Predicate;

import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the memories that a request carries already, as texts of its messages. A
 * message is decoded only when a memory could be its text by their sizes, and then once.
 */
final class CarriedTexts implements Predicate<Memory> {

	/** A character may stand in a body as an escape of six bytes. */
	private static final int BYTES_PER_CHARACTER = 6;

	/** Room for a block and for white space, which a memory was stored without. */
	private static final int STRIPPED = 16 * 1024;

	private final List<ChatMessage> messages;

	/** Racing threads may decode a message twice, to the same text. */
	private final @Nullable String[] texts;

	CarriedTexts(List<ChatMessage> messages) {
		this.messages = messages;
		this.texts = new String[messages.size()];
	}

	@Override
	public boolean test(Memory memory) {
		String text = memory.text().strip();
		for (int i = 0; i < this.texts.length; i++) {
			if (isPossible(text, this.messages.get(i).textBytes()) && text.equals(text(i))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPossible(String text, int textBytes) {
		long most = (long) BYTES_PER_CHARACTER * text.length() + STRIPPED;
		return textBytes >= text.length() && textBytes <= most;
	}

	private String text(int index) {
		String text = this.texts[index];
		if (text == null) {
			text = MemoryBlock.strip(this.messages.get(index).text()).strip();
			this.texts[index] = text;
		}
		return text;
	}

}
