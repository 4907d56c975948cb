package io.memoryrouter.gateway.context;

import java.time.Duration;

import io.memoryrouter.gateway.chat.body.Placement;

import org.springframework.util.Assert;

/**
 * How memories are recalled and put into requests.
 *
 * @param deadline how long a recall may take
 * @param onFailure what becomes of a request whose recall fails or takes longer
 * @param limit the greatest number of memories, 1 to 100, unless the request says
 * otherwise
 * @param maxTokens the greatest size of their texts, in tokens; positive
 * @param placement where in the request they go
 * @param sticky for how long a message keeps what it was given
 */
public record ContextSettings(Duration deadline, FailurePolicy onFailure, int limit, int maxTokens, Placement placement,
		Sticky sticky) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ContextSettings {
		Assert.isTrue(deadline.compareTo(Duration.ZERO) > 0, "The deadline of a recall is more than nothing");
		Assert.isTrue(limit >= 1 && limit <= 100, "The limit of memories is 1 to 100");
		Assert.isTrue(maxTokens > 0, "The greatest size of the memories is more than nothing");
	}

	/** What the system's instructions carry is not a message's. */
	boolean remembersBlocks() {
		return this.sticky == Sticky.SESSION
				&& (this.placement == Placement.USER_SUFFIX || this.placement == Placement.USER_PREFIX);
	}

	/**
	 * The same for a question alone, without regard to earlier messages.
	 * @param tokens the greatest size of the texts
	 * @return the settings
	 */
	ContextSettings forOneQuestion(int tokens) {
		return new ContextSettings(this.deadline, this.onFailure, this.limit, tokens, this.placement, Sticky.TURN);
	}

}
