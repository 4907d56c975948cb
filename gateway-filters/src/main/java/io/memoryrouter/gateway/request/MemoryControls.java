package io.memoryrouter.gateway.request;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.SessionId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What one request asks of memory. It can only narrow what its key allows.
 *
 * @param mode the mode that is asked for
 * @param storesMessage whether the user's message may be stored
 * @param storesAnswer whether the assistant's text may be stored
 * @param limit the greatest number of memories, 1 to 100, or {@code null} for the
 * configured one
 * @param scope where to search
 * @param debug whether receipts carry texts
 * @param session the conversation, or {@code null}
 */
public record MemoryControls(Mode mode, boolean storesMessage, boolean storesAnswer, @Nullable Integer limit,
		RecallQuery.Scope scope, boolean debug, @Nullable SessionId session) {

	/**
	 * The same with another limit.
	 * @param memories the greatest number of memories, 1 to 100
	 * @return the controls
	 */
	public MemoryControls withLimit(int memories) {
		return new MemoryControls(this.mode, this.storesMessage, this.storesAnswer, memories, this.scope, this.debug,
				this.session);
	}

	/**
	 * What the header {@code X-Memory-Mode} alone allows, as a Memory Key's suffix would:
	 * where there is no key to have one.
	 * @param request the request
	 * @return the most that the mode does; {@link KeyMode#ON} without the header
	 * @throws ApiException if the header cannot be read
	 */
	public static KeyMode allowedByHeader(ServerHttpRequest request) {
		return ControlParser.headerMode(request).ceiling();
	}

	/** The modes that a request can ask for. */
	public enum Mode {

		/** Recall and store. */
		ON(KeyMode.ON),

		/** Recall only. */
		READ(KeyMode.READ),

		/** Store only. */
		WRITE(KeyMode.WRITE),

		/** Neither. */
		OFF(KeyMode.OFF),

		/** Recall and report; put nothing in and store nothing. */
		DRY_RUN(KeyMode.READ);

		private final KeyMode ceiling;

		Mode(KeyMode ceiling) {
			this.ceiling = ceiling;
		}

		/**
		 * The most that this mode does.
		 * @return the key mode that equals it
		 */
		KeyMode ceiling() {
			return this.ceiling;
		}

	}

}
