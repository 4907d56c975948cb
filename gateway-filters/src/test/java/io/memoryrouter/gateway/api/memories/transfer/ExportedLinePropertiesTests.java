package io.memoryrouter.gateway.api.memories.transfer;

import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a memory says: what an export writes of it, an upload reads.
 */
class ExportedLinePropertiesTests {

	private static final VaultId VAULT = new VaultId("vault");

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	@Property(tries = 500)
	void exportedLinesWhenUploadedThenNothingIsLost(@ForAll("memories") List<Memory> memories) {
		Flux<UploadLine> lines = new LineSplitter(100, 1_000_000)
			.split(Flux.fromIterable(memories)
				.map((memory) -> DefaultDataBufferFactory.sharedInstance.wrap(ExportEndpoint.line(memory))))
			.concatMapIterable((some) -> some);
		List<UploadRecord> records = lines.mapNotNull(UploadRecord::read).collectList().block();
		assertThat(records).hasSameSizeAs(memories);
		for (int i = 0; i < memories.size(); i++) {
			Memory memory = memories.get(i);
			assertThat(records.get(i).isAlready(memory, null)).isTrue();
			assertThat(records.get(i).id()).isEqualTo(memory.id());
			assertThat(records.get(i).toExchange(VAULT, null, NOW)).isEqualTo(new Exchange(VAULT, memory.session(),
					memory.createdAt(), "upload " + memory.id(), List.of(turn(memory))));
		}
	}

	private static Exchange.Turn turn(Memory memory) {
		return new Exchange.Turn(memory.role(), memory.speaker(), memory.text(), memory.partial());
	}

	@Provide
	Arbitrary<List<Memory>> memories() {
		Arbitrary<SessionId> sessions = Arbitraries.strings()
			.withCharRange(' ', '~')
			.ofMinLength(1)
			.ofMaxLength(256)
			.filter((name) -> name.equals(name.strip()))
			.map(SessionId::new)
			.injectNull(0.3);
		Arbitrary<Instant> times = Arbitraries.longs()
			.between(-62_135_596_800_000L, 253_402_300_799_999L)
			.map(Instant::ofEpochMilli);
		return Combinators
			.combine(texts(), sessions, Arbitraries.of(Role.class), texts().injectNull(0.5), times,
					Arbitraries.of(true, false))
			.as((text, session, role, speaker, time, partial) -> new Memory("mem_" + text.hashCode(), VAULT, session,
					role, speaker, text, time, partial))
			.list()
			.ofMaxSize(10);
	}

	/** Any characters that can be stored, line ends and what JSON escapes among them. */
	private static Arbitrary<String> texts() {
		return Arbitraries.strings()
			.all()
			.excludeChars('\0')
			.filter((text) -> !text.isBlank() && text.codePoints().noneMatch((c) -> c >= 0xd800 && c <= 0xdfff));
	}

}
