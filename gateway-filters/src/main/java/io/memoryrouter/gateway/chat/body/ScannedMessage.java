package io.memoryrouter.gateway.chat.body;

import java.util.List;
import java.util.stream.Collectors;

import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;

/**
 * A message of which the scan noted where its texts lie.
 *
 * @param body the body that it is part of
 * @param role who says it
 * @param name the name of who says it
 * @param remembered whether it is open to memory
 * @param texts the string literals of its text, in order
 * @param parts the array of its parts, if it has one
 * @param toolResultsEnd the offset behind the last of them that brings the result of a
 * tool, or −1 if none does
 */
public record ScannedMessage(byte[] body, String role, @Nullable String name, boolean remembered, List<JsonSpan> texts,
		@Nullable JsonSpan parts, int toolResultsEnd) implements ChatMessage {

	/**
	 * Whether it brings the result of a tool.
	 * @return whether
	 */
	public boolean toolResult() {
		return this.toolResultsEnd >= 0;
	}

	/**
	 * Whether a user says something in it, and does not only bring the results of tools.
	 * @return whether
	 */
	boolean isQuestion() {
		return this.role.equals("user") && (!toolResult() || !this.texts.isEmpty());
	}

	@Override
	public String text() {
		if (this.texts.size() == 1) {
			return JsonStrings.decode(this.body, this.texts.get(0));
		}
		return this.texts.stream()
			.map((literal) -> JsonStrings.decode(this.body, literal))
			.collect(Collectors.joining("\n"));
	}

	@Override
	public int textBytes() {
		int lineFeeds = Math.max(0, this.texts.size() - 1);
		return lineFeeds + this.texts.stream().mapToInt((literal) -> literal.length() - 2).sum();
	}

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "ScannedMessage[role=" + this.role + ", textBytes=" + textBytes() + "]";
	}

}
