package io.memoryrouter.gateway.context;

import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.support.ExchangeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * What memory has for a request. It stays on the exchange, so that a request which is
 * sent again carries the same.
 *
 * @param recollection what was recalled for its question
 * @param earlier what its earlier messages were given
 */
record PromptContext(Recollection recollection, EarlierBlocks earlier) {

	static final ExchangeAttribute<PromptContext> ATTRIBUTE = ExchangeAttribute.of(PromptContext.class);

	/**
	 * Makes the changes of a request.
	 * @param request the request
	 * @param placement where the blocks go
	 * @return the changes
	 */
	Injection inject(ChatRequest request, Placement placement) {
		Edit question = (this.recollection.block() != null)
				? request.withBlock(this.recollection.block(), placement, request.lastUserMessage()) : null;
		List<Edit> edits = Stream.concat(this.earlier.edits(request, placement), Stream.ofNullable(question)).toList();
		int tokens = this.earlier.tokens() + ((question != null) ? this.recollection.tokens() : 0);
		return new Injection(edits, tokens, (question != null) ? this.recollection : null);
	}

	/**
	 * The changes of a request.
	 *
	 * @param edits what puts the blocks in
	 * @param tokens the size of all memories that are put in, in tokens
	 * @param given what the question is given, or {@code null} if nothing
	 */
	record Injection(List<Edit> edits, int tokens, @Nullable Recollection given) {

		static final Injection NONE = new Injection(List.of(), 0, null);

	}

}
