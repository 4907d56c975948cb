package io.memoryrouter.gateway.request;

import java.util.List;
import java.util.Locale;

import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.keys.KeyMode;

/**
 * What memory does for one request: what its key, its controls and its messages all
 * allow.
 *
 * @param mode the word for the mode in force
 * @param recalls whether memories are looked for
 * @param injects whether what is found is put into the request
 * @param storesMessage whether the user's message is stored
 * @param storesAnswer whether the assistant's text is stored
 */
public record MemoryPlan(String mode, boolean recalls, boolean injects, boolean storesMessage, boolean storesAnswer) {

	/** Memory does nothing. */
	public static final MemoryPlan OFF = new MemoryPlan("off", false, false, false, false);

	/**
	 * Makes the plan of a request.
	 * @param allowed what its key allows
	 * @param controls what it asks for
	 * @param request what it says
	 * @return the plan
	 */
	static MemoryPlan of(KeyMode allowed, MemoryControls controls, ChatRequest request) {
		return of(allowed, controls, isRemembered(request));
	}

	/**
	 * Makes the plan of a request of which each message is looked at by itself.
	 * @param allowed what its key allows
	 * @param controls what it asks for
	 * @return the plan
	 */
	public static MemoryPlan of(KeyMode allowed, MemoryControls controls) {
		return of(allowed, controls, true);
	}

	private static MemoryPlan of(KeyMode allowed, MemoryControls controls, boolean remembered) {
		KeyMode mode = allowed.and(controls.mode().ceiling());
		boolean dryRun = controls.mode() == MemoryControls.Mode.DRY_RUN;
		boolean stores = mode.stores() && remembered;
		return new MemoryPlan((dryRun && allowed != KeyMode.OFF) ? "dry-run" : name(mode), mode.retrieves(),
				mode.retrieves() && !dryRun, stores && controls.storesMessage(), stores && controls.storesAnswer());
	}

	private static String name(KeyMode mode) {
		return mode.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether the turn is open to memory: a user asked, and neither that message nor the
	 * last one, which may be a tool's result, asks to be left out. Where the provider
	 * keeps the history a step of a tool loop comes with the tool's result alone.
	 */
	private static boolean isRemembered(ChatRequest request) {
		List<ChatMessage> messages = request.messages();
		if (messages.isEmpty()) {
			return false;
		}
		ChatMessage last = messages.get(messages.size() - 1);
		int user = request.lastUserMessage();
		boolean asked = (user >= 0) ? messages.get(user).remembered() : last.role().isEmpty();
		return asked && last.remembered();
	}

	/**
	 * Whether memory has nothing to do with the request.
	 * @return whether the mode in force is {@code off}
	 */
	public boolean isOff() {
		return this.mode.equals(OFF.mode);
	}

	/**
	 * Whether anything of the exchange is stored.
	 * @return whether the answer has to be waited for
	 */
	public boolean stores() {
		return this.storesMessage || this.storesAnswer;
	}

}
