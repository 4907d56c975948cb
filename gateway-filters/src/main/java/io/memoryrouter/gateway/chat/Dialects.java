package io.memoryrouter.gateway.chat;

import java.util.List;

/**
 * All dialects. Apart from {@link Dialect}, so that neither is needed to initialise the
 * other.
 */
final class Dialects {

	static final List<Dialect> ALL = List.of(OpenAiChatDialect.INSTANCE, OpenAiResponsesDialect.INSTANCE,
			AnthropicMessagesDialect.INSTANCE, GeminiDialect.INSTANCE);

	private Dialects() {
	}

}
