package io.memoryrouter.gateway.chat.gemini;

import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.chat.body.ScannedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request whose path says which model is meant and whether the answer is a stream. Its
 * body is never changed to name a model.
 * <p>
 * The API refuses system instructions beside {@code cachedContent}, which holds those of
 * the cache. There, and where the instructions can hold no text, a block that belongs
 * into them goes into the user's message.
 *
 * @param scanned what the body says
 * @param path what the path says
 * @param cached whether the request goes on from cached content
 */
record GeminiRequest(ScannedRequest scanned, GeminiPath path, boolean cached) implements ChatRequest {

	@Override
	public byte[] body() {
		return this.scanned.body();
	}

	@Override
	public String model() {
		return this.path.model();
	}

	@Override
	public boolean stream() {
		return this.path.streams();
	}

	@Override
	public List<ChatMessage> messages() {
		return this.scanned.messages();
	}

	@Override
	public int lastUserMessage() {
		return this.scanned.lastUserMessage();
	}

	@Override
	public Map<String, String> controls() {
		return this.scanned.controls();
	}

	@Override
	public List<Edit> withoutControls() {
		return this.scanned.withoutControls();
	}

	@Override
	public List<Edit> withModel(String model) {
		return List.of();
	}

	@Override
	public @Nullable Edit withBlock(String block, Placement placement, int message) {
		Placement inMessage = switch (placement) {
			case USER_SUFFIX, SYSTEM_APPEND -> Placement.USER_SUFFIX;
			case USER_PREFIX, SYSTEM_PREPEND -> Placement.USER_PREFIX;
		};
		Edit edit = this.cached ? null : this.scanned.withBlock(block, placement, message);
		return (edit != null) ? edit : this.scanned.withBlock(block, inMessage, message);
	}

	/** Says nothing of what the messages hold. */
	@Override
	public String toString() {
		return "GeminiRequest[model=" + model() + ", messages=" + this.scanned.scannedMessages().size() + ", bytes="
				+ body().length + "]";
	}

}
