package io.memoryrouter.gateway.chat.body;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request of any dialect, as its scanner noted it.
 *
 * @param root the body's own members
 * @param scannedMessages the messages
 * @param lastUserMessage the index of the last message that a user says, or −1
 * @param part how a part of text is written in a user's message
 * @param system where the system's instructions stand
 */
public record ScannedRequest(ScannedRoot root, List<ScannedMessage> scannedMessages, int lastUserMessage, TextPart part,
		SystemInstructions system) implements ChatRequest {

	private static final TextPart NO_PART = new TextPart("", true);

	/**
	 * A request in which nobody says anything.
	 * @param root the body's own members
	 * @return the request
	 */
	static ScannedRequest withoutMessages(ScannedRoot root) {
		return new ScannedRequest(root, List.of(), -1, NO_PART, SystemInstructions.NONE);
	}

	/**
	 * A request whose body was not understood: nothing is known of it.
	 * @param body the body; kept, not copied
	 * @return the request
	 */
	public static ScannedRequest unread(byte[] body) {
		return withoutMessages(new ScannedRoot(body, ScannedRoot.UNREAD, null, List.of(), false, Map.of(), List.of()));
	}

	@Override
	public byte[] body() {
		return this.root.body();
	}

	@Override
	public @Nullable String model() {
		return this.root.model();
	}

	@Override
	public boolean stream() {
		return this.root.stream();
	}

	@Override
	public List<ChatMessage> messages() {
		return List.copyOf(this.scannedMessages);
	}

	@Override
	public Map<String, String> controls() {
		return this.root.controls();
	}

	@Override
	public List<Edit> withoutControls() {
		return this.root.withoutControls();
	}

	@Override
	public List<Edit> withModel(String model) {
		return this.root.isRead() ? this.root.withModel(model) : List.of();
	}

	@Override
	public @Nullable Edit withBlock(String block, Placement placement, int message) {
		BlockInsertion insertion = new BlockInsertion(block, this.part);
		return switch (placement) {
			case USER_SUFFIX -> (message >= 0) ? insertion.append(this.scannedMessages.get(message)) : null;
			case USER_PREFIX -> (message >= 0) ? insertion.prepend(this.scannedMessages.get(message)) : null;
			case SYSTEM_APPEND -> this.system.append(insertion);
			case SYSTEM_PREPEND -> this.system.prepend(insertion);
		};
	}

	/** Says nothing of what the messages hold. */
	@Override
	public String toString() {
		return "ScannedRequest[model=" + model() + ", messages=" + this.scannedMessages.size() + ", bytes="
				+ body().length + "]";
	}

}
