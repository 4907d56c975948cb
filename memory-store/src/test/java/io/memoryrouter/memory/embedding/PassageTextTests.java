package io.memoryrouter.memory.embedding;

import java.time.Instant;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PassageText}.
 */
class PassageTextTests {

	@Test
	void ofWhenSpeakerIsNamedThenNameComesFirst() {
		assertThat(PassageText.of(said(Role.USER, "Ann", "I moved."), null)).isEqualTo("Ann: I moved.");
	}

	@Test
	void ofWhenSpeakerIsNotNamedThenRoleComesFirst() {
		assertThat(PassageText.of(said(Role.USER, null, "I moved."), null)).isEqualTo("user: I moved.");
		assertThat(PassageText.of(said(Role.ASSISTANT, null, "Good."), null)).isEqualTo("assistant: Good.");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '|', textBlock = """
			Nice to hear. Where do you live now?, Where do you live now?
			Where to?, Where to?
			Really?! Where to??, Where to??
			"Who was it?", "Who was it?
			Who was it? :-) 🐕, Who was it?
			Is it v1.2 or e.g. 3?, 3?
			""")
	void ofWhenOtherAskedThenQuestionComesBefore(String previous, String question) {
		assertThat(PassageText.of(said(Role.USER, "Ann", "In Rome."), said(Role.USER, "Bob", previous)))
			.isEqualTo("Bob: " + question + "\nAnn: In Rome.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "I see.", "Why? I see.", "?", "?!", "" })
	void ofWhenOtherDidNotAskThenNothingComesBefore(String previous) {
		assertThat(PassageText.of(said(Role.USER, "Ann", "In Rome."), said(Role.USER, "Bob", previous)))
			.isEqualTo("Ann: In Rome.");
	}

	@Test
	void ofWhenSpeakerAskedItselfThenNothingComesBefore() {
		assertThat(PassageText.of(said(Role.USER, null, "In Rome."), said(Role.USER, null, "Where was it?")))
			.isEqualTo("user: In Rome.");
	}

	@Test
	void ofWhenQuestionIsOnItsOwnLineThenLineAloneComesBefore() {
		assertThat(PassageText.of(said(Role.USER, null, "Yes"), said(Role.ASSISTANT, null, "- one\n- two\nWhich one?")))
			.isEqualTo("assistant: Which one?\nuser: Yes");
	}

	@Test
	void ofWhenQuestionIsVeryLongThenItsEndComesBefore() {
		String text = PassageText.of(said(Role.USER, null, "Yes"),
				said(Role.ASSISTANT, null, "and so on ".repeat(10_000) + "or not?"));
		assertThat(text).hasSizeLessThan(350).endsWith("or not?\nuser: Yes");
	}

	private static Memory said(Role role, @Nullable String speaker, String text) {
		return new Memory("mem_1", new VaultId("v"), null, role, speaker, text, Instant.EPOCH, false);
	}

}
