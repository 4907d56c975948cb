package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests with their edits applied.
 */
final class Edits {

	/** A block that JSON has to escape. */
	static final String BLOCK = "<b>\"\\\n\u00fc\ud83d\ude00\t\u0001";

	/** The same block inside a string of JSON. */
	static final String ESCAPED = "<b>\\\"\\\\\\n\u00fc\ud83d\ude00\\t\\u0001";

	private Edits() {
	}

	/** The body with the block in it, for the last message of the user. */
	static String withBlock(ChatRequest request, Placement placement) {
		Edit edit = request.withBlock(BLOCK, placement, request.lastUserMessage());
		assertThat(edit).isNotNull();
		return splice(request, List.of(edit));
	}

	static String splice(ChatRequest request, List<Edit> edits) {
		return new String(BodySplice.apply(request.body(), edits), StandardCharsets.UTF_8);
	}

}
