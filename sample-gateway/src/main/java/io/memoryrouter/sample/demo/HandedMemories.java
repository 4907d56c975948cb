package io.memoryrouter.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memories that a request brought along, as a model finds them: as lines of fenced
 * blocks inside the messages.
 *
 * @param memories a memory each: its day, who said it and the text, perhaps several lines
 */
record HandedMemories(List<String> memories) {

	private static final String OPENING = "<recalled-memories>";

	private static final String CLOSING = "</recalled-memories>";

	private static final Pattern BLOCK = Pattern.compile(OPENING + "(.*?)" + CLOSING, Pattern.DOTALL);

	/** A memory begins with its day; lines that follow are indented. */
	private static final Pattern MEMORY = Pattern.compile("^\\[\\d{4}-\\d{2}-\\d{2}] .*(?:\\R {2}.*)*",
			Pattern.MULTILINE);

	HandedMemories {
		memories = List.copyOf(memories);
	}

	/**
	 * Finds the memories in a conversation.
	 * @param texts the texts of its messages
	 * @return the memories, in the order in which they stand
	 */
	static HandedMemories in(List<String> texts) {
		List<String> memories = new ArrayList<>();
		for (String text : texts) {
			Matcher blocks = BLOCK.matcher(text);
			while (blocks.find()) {
				MEMORY.matcher(blocks.group(1)).results().forEach((memory) -> memories.add(memory.group()));
			}
		}
		return new HandedMemories(memories);
	}

	/**
	 * Tells which memories these are. The whole answer is fenced as they were, so that it
	 * is recognised and not remembered in its turn: only what the user said is.
	 * @return the answer of the model
	 */
	String describe() {
		StringBuilder answer = new StringBuilder(OPENING).append('\n').append(headline()).append('\n');
		this.memories.forEach((memory) -> answer.append(memory).append('\n'));
		return answer.append(CLOSING).toString();
	}

	private String headline() {
		return switch (this.memories.size()) {
			case 0 -> "I was handed no memories.";
			case 1 -> "I was handed 1 memory:";
			default -> "I was handed " + this.memories.size() + " memories:";
		};
	}

}
