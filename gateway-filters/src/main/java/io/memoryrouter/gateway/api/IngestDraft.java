package io.memoryrouter.gateway.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.MemoryPlan;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * What of a request's messages is stored:
 * <ul>
 * <li>what users and assistants say counts, in order; the system's and the tools'
 * messages do not;</li>
 * <li>blocks of memories are taken out, and a message of which nothing is left is
 * none;</li>
 * <li>a message that is not open to memory is not stored, nor is the answer to it;</li>
 * <li>the request's controls can leave out the users' messages or the assistants'.</li>
 * </ul>
 */
final class IngestDraft {

	private final MemoryPlan plan;

	private final List<Exchange.Turn> turns = new ArrayList<>();

	/** What is not stored, but tells apart what is. */
	private final List<String> passedOver = new ArrayList<>();

	private int accepted;

	/** Whether the user's message before is open to memory. */
	private boolean open = true;

	private IngestDraft(MemoryPlan plan) {
		this.plan = plan;
	}

	/**
	 * Drafts.
	 * @param call the request
	 * @return the draft
	 */
	static IngestDraft of(ChatCall call) {
		IngestDraft draft = new IngestDraft(call.plan());
		call.request().messages().forEach(draft::add);
		return draft;
	}

	private void add(ChatMessage message) {
		Role role = role(message);
		if (role == null) {
			return;
		}
		this.accepted++;
		if (role == Role.USER) {
			this.open = message.remembered();
		}
		String said = MemoryBlock.strip(message.text());
		if (isStored(role) && this.open && message.remembered()) {
			addTurn(role, message.name(), said);
		}
		else {
			this.passedOver.add(role.name());
			this.passedOver.add(said);
		}
	}

	private static @Nullable Role role(ChatMessage message) {
		return switch (message.role()) {
			case "user" -> Role.USER;
			case "assistant" -> Role.ASSISTANT;
			default -> null;
		};
	}

	private boolean isStored(Role role) {
		return (role == Role.USER) ? this.plan.storesMessage() : this.plan.storesAnswer();
	}

	private void addTurn(Role role, @Nullable String speaker, String said) {
		if (!said.isBlank()) {
			this.turns.add(new Exchange.Turn(role, speaker, said, false));
		}
	}

	/**
	 * How many messages users and assistants say.
	 * @return the number
	 */
	int accepted() {
		return this.accepted;
	}

	/**
	 * How many memories there will be.
	 * @return the number
	 */
	int size() {
		return this.turns.size();
	}

	/**
	 * The exchange. What went before it is not known: the same words in the same session
	 * are the same exchange. Equal answers to questions that are not stored are told
	 * apart by those.
	 * @param vault the vault that it goes to
	 * @param call the request
	 * @param createdAt when it was said
	 * @return the exchange
	 */
	Exchange toExchange(VaultId vault, ChatCall call, Instant createdAt) {
		String precededBy = this.passedOver.isEmpty() ? ""
				: MemoryIds.fingerprint(this.passedOver.toArray(String[]::new));
		return new Exchange(vault, call.controls().session(), createdAt, precededBy, this.turns);
	}

}
