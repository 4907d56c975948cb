package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BlockMemoTests {

	private static final SessionId MONDAY = new SessionId("monday");

	private final AtomicLong nanos = new AtomicLong();

	private final BlockMemo memo = new BlockMemo(new StickySettings(1_000_000, Duration.ofHours(1)), this.nanos::get);

	private EarlierBlocks find(ChatCall call) {
		return this.memo.find(call, StickyFixtures.key(StickyFixtures.ALICE));
	}

	private Recollection give(ChatCall call, String id) {
		Recollection given = StickyFixtures.recollection(id);
		this.memo.note(call, find(call), given);
		return given;
	}

	@Test
	void findWhenMessagesComeBackThenEachHasTheBlockThatItWasGiven() {
		Recollection first = give(StickyFixtures.call(null, "q1"), "m1");
		Recollection second = give(StickyFixtures.call(null, "q1", "a1", "q2"), "m2");
		EarlierBlocks found = find(StickyFixtures.call(null, "q1", "a1", "q2", "a2", "q3"));
		assertThat(found.blocks()).isEqualTo(Map.of(0, first, 2, second));
		assertThat(found.tokens()).isEqualTo(14);
		assertThat(
				found.edits(StickyFixtures.call(null, "q1", "a1", "q2", "a2", "q3").request(), Placement.USER_SUFFIX))
			.hasSize(2);
	}

	@Test
	void findWhenTheMessageIsTheQuestionItselfThenItIsNotAmongTheEarlier() {
		give(StickyFixtures.call(null, "q1"), "m1");
		assertThat(find(StickyFixtures.call(null, "q1")).blocks()).isEmpty();
	}

	@Test
	void findWhenToolsWereUsedMeanwhileThenTheBlockIsKnown() {
		Recollection first = give(StickyFixtures.call(null, "q1"), "m1");
		ChatCall call = StickyFixtures.rawCall(null, "{\"role\":\"system\",\"content\":\"It is 10:31.\"}",
				"{\"role\":\"user\",\"content\":\"q1\"}",
				"{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\"}}]}",
				"{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"x\"}",
				"{\"role\":\"assistant\",\"content\":\"a1\"}", "{\"role\":\"user\",\"content\":\"q2\"}");
		assertThat(find(call).blocks()).isEqualTo(Map.of(1, first));
	}

	@Test
	void findWhenWhatWentBeforeDiffersThenNothingIsKnown() {
		give(StickyFixtures.call(null, "q1", "a1", "q2"), "m2");
		assertThat(find(StickyFixtures.call(null, "q1", "another answer", "q2", "a2", "q3")).blocks()).isEmpty();
		assertThat(find(StickyFixtures.call(null, "q", "1a1", "q2", "a2", "q3")).blocks()).isEmpty();
		assertThat(find(StickyFixtures.call(null, "q2", "a2", "q3")).blocks()).isEmpty();
	}

	@Test
	void findWhenTheVaultOrTheSessionIsAnotherThenNothingIsKnown() {
		give(StickyFixtures.call(MONDAY, "q1"), "m1");
		ChatCall next = StickyFixtures.call(MONDAY, "q1", "a1", "q2");
		assertThat(find(next).blocks()).hasSize(1);
		assertThat(this.memo.find(next, StickyFixtures.key(StickyFixtures.BOB)).blocks()).isEmpty();
		assertThat(find(StickyFixtures.call(null, "q1", "a1", "q2")).blocks()).isEmpty();
		assertThat(find(StickyFixtures.call(new SessionId("tuesday"), "q1", "a1", "q2")).blocks()).isEmpty();
	}

	@Test
	void findWhenTheKeyReadsOtherVaultsThenNothingIsKnown() {
		ChatCall call = StickyFixtures.call(null, "q1");
		KeyContext team = StickyFixtures.key(StickyFixtures.ALICE, StickyFixtures.BOB);
		this.memo.note(call, this.memo.find(call, team), StickyFixtures.recollection("m1"));
		ChatCall next = StickyFixtures.call(null, "q1", "a1", "q2");
		assertThat(find(next).blocks()).isEmpty();
		assertThat(this.memo.find(next, team).blocks()).hasSize(1);
	}

	@Test
	void findWhenAMessageIsClosedToMemoryThenItGetsNoneAndLaterOnesKeepTheirs() {
		give(StickyFixtures.call(null, "q1"), "m1");
		Recollection second = give(StickyFixtures.call(null, "q1", "a1", "q2"), "m2");
		ChatCall call = StickyFixtures.rawCall(null, "{\"role\":\"user\",\"content\":\"q1\",\"memory\":false}",
				"{\"role\":\"assistant\",\"content\":\"a1\"}", "{\"role\":\"user\",\"content\":\"q2\"}",
				"{\"role\":\"assistant\",\"content\":\"a2\"}", "{\"role\":\"user\",\"content\":\"q3\"}");
		assertThat(find(call).blocks()).isEqualTo(Map.of(2, second));
	}

	@Test
	void findWhenTheClientEchoesTheBlockThenTheMessageGetsNone() {
		Recollection first = give(StickyFixtures.call(null, "q1"), "m1");
		String echo = "q1\\n\\n" + String.valueOf(first.block()).replace("\n", "\\n");
		assertThat(find(StickyFixtures.call(null, echo, "a1", "q2")).blocks()).isEmpty();
		give(StickyFixtures.call(null, echo), "m2");
		assertThat(find(StickyFixtures.call(null, echo, "a1", "q2")).blocks()).isEmpty();
	}

	@Test
	void noteWhenTheQuestionWasGivenNothingThenNothingIsKnown() {
		ChatCall call = StickyFixtures.call(null, "q1");
		give(call, "m1");
		this.memo.note(call, find(call), null);
		assertThat(find(StickyFixtures.call(null, "q1", "a1", "q2")).blocks()).isEmpty();
	}

	@Test
	void noteWhenAskedAnewThenTheLastBlockCounts() {
		give(StickyFixtures.call(null, "q1"), "m1");
		Recollection last = give(StickyFixtures.call(null, "q1"), "m2");
		assertThat(find(StickyFixtures.call(null, "q1", "a1", "q2")).blocks()).isEqualTo(Map.of(0, last));
	}

	@Test
	void memoriesWhenCarriedThenTheyAreTold() {
		give(StickyFixtures.call(null, "q1"), "m1");
		EarlierBlocks found = find(StickyFixtures.call(null, "q1", "a1", "q2"));
		assertThat(found.memories()).accepts(memory("m1")).rejects(memory("m2"));
		assertThat(found.memories())
			.rejects(StickyFixtures.recall("m1", StickyFixtures.BOB, null).memories().get(0).memory());
	}

	private static Memory memory(String id) {
		return StickyFixtures.recall(id, StickyFixtures.ALICE, null).memories().get(0).memory();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void findWhenTheConversationRestsThenItIsForgottenAndElseKept(boolean goesOn) {
		give(StickyFixtures.call(null, "q1"), "m1");
		ChatCall next = StickyFixtures.call(null, "q1", "a1", "q2");
		this.nanos.addAndGet(Duration.ofMinutes(50).toNanos());
		if (goesOn) {
			find(next);
		}
		this.nanos.addAndGet(Duration.ofMinutes(50).toNanos());
		assertThat(find(next).blocks()).hasSize(goesOn ? 1 : 0);
	}

}
