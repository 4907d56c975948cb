package io.memoryrouter.memory.ingest;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SecretRedactor}. The secrets are put together here so that scanners of
 * repositories do not take them for real ones.
 */
class SecretRedactorTests {

	private static final String ALNUM = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";

	private final SecretRedactor redactor = new SecretRedactor();

	static List<String> secrets() {
		return List.of("mk_" + ALNUM.substring(0, 32), "mk-" + ALNUM.substring(0, 16), "mk_" + ALNUM + ":read",
				"sk-" + ALNUM, "sk-proj-" + ALNUM + "_" + ALNUM, "sk-" + "ant-api03-" + ALNUM + "-" + ALNUM + "AA",
				"sk-" + "or-v1-" + "0123456789abcdef".repeat(4), "gsk_" + ALNUM, "hf_" + ALNUM.substring(0, 34),
				"sk_" + "live_" + ALNUM, "AIza" + ALNUM.substring(0, 35), "ghp_" + ALNUM.substring(0, 36),
				"github_pat_" + ALNUM.substring(0, 22) + "_" + ALNUM, "glpat-" + ALNUM.substring(0, 20),
				"AKIA" + "IOSFODNN7EXAMPLE", "xoxb-" + "123456789012-" + ALNUM, "npm_" + ALNUM.substring(0, 36),
				"SG." + ALNUM.substring(0, 22) + "." + ALNUM, jwt());
	}

	private static String jwt() {
		return "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0." + ALNUM + "_-";
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void redactWhenTextHoldsSecretThenSecretAloneIsReplaced(String secret) {
		assertThat(this.redactor.redact("My key is " + secret + ", keep it."))
			.isEqualTo("My key is [redacted], keep it.");
		assertThat(this.redactor.redact("{\"k\":\"" + secret + "\"}")).isEqualTo("{\"k\":\"[redacted]\"}");
		assertThat(this.redactor.redact("KEY=" + secret)).isEqualTo("KEY=[redacted]");
		assertThat(this.redactor.redact("a\\n" + secret)).isEqualTo("a\\n[redacted]");
		assertThat(this.redactor.redact(secret + "\n" + secret)).isEqualTo("[redacted]\n[redacted]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "The commit is 3f786850e387550fdab836ed7e6dc881de23001b.",
			"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
			"550e8400-e29b-41d4-a716-446655440000", "Use sk-learn, or scikit-learn 1.2, for that task-oriented work.",
			"sk-this-is-only-a-long-name-with-hyphens", "the risk-averse-investor-of-the-year-2024-award",
			"mk_internationalization is a variable", "mk-2 and mk_short1", "AKIA is the prefix of AWS keys",
			"MAKIAVELLIAN12345678", "AIza is short", "The bearer of good news came at 10.",
			"Bearer authentication-and-authorization", "eyJ starts a token", "xoxo-ooxx and xoxb-short",
			"ghp_ is for GitHub, github_pat_ too", "https://example.com:8443/path?x=1#y@z", "mailto:jo@example.com",
			"-----BEGIN PRIVATE KEY----- is the first line of such a file, and it's secret.",
			"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----", "",
			"Meet me at 12:30, room SG.12.34", "my password is swordfish" })
	void redactWhenTextHoldsNoSecretThenItStays(String text) {
		assertThat(this.redactor.redact(text)).isEqualTo(text);
	}

	@Test
	void redactWhenBearerTokenThenSchemeStays() {
		assertThat(this.redactor.redact("curl -H 'Authorization: Bearer " + ALNUM + "' x"))
			.isEqualTo("curl -H 'Authorization: Bearer [redacted]' x");
		assertThat(this.redactor.redact("authorization: basic dXNlcjpwYXNzd29yZDE="))
			.isEqualTo("authorization: basic [redacted]");
	}

	@Test
	void redactWhenUrlHoldsPasswordThenPasswordAloneIsReplaced() {
		assertThat(this.redactor.redact("postgres://app:s3cr3t!@db.example.com:5432/app"))
			.isEqualTo("postgres://app:[redacted]@db.example.com:5432/app");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED " })
	void redactWhenPrivateKeyThenWholeBlockIsReplaced(String kind) {
		String body = (ALNUM + "+/" + ALNUM.substring(0, 22) + "\n").repeat(25) + "abc=\n";
		String block = "-----BEGIN " + kind + "PRIVATE KEY-----\n" + body + "-----END " + kind + "PRIVATE KEY-----";
		assertThat(this.redactor.redact("before\n" + block + "\nafter")).isEqualTo("before\n[redacted]\nafter");
		assertThat(this.redactor.redact(block.replace("\n", "\\n"))).isEqualTo("[redacted]");
		assertThat(this.redactor.redact(block.substring(0, 900))).isEqualTo("[redacted]");
	}

	@Test
	void redactWhenAppliedTwiceThenResultIsTheSame() {
		for (String secret : secrets()) {
			String once = this.redactor.redact("Bearer " + secret + " https://u:" + secret + "@h/");
			assertThat(this.redactor.redact(once)).isEqualTo(once).doesNotContain(secret);
		}
	}

	/**
	 * A million characters: where a search is quadratic, it does not end within the hour.
	 */
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	@ParameterizedTest
	@ValueSource(strings = { "sk-", "mk_", "eyJaaaaaaaaaaa.", "xoxb-", "-----BEGIN PRIVATE KEY-----", "bearer ", "a",
			"bearer a", "://", "://a:", "SG.aaaaaaaaaaaaaaaaa.", "AKIA", "\\n", "-----BEGIN PRIVATE KEY-----aaaa ",
			"sk-a_", "aaaaaaaaaaaaaaaaaaaa " })
	void redactWhenTextIsMadeToBeSlowThenTimeStaysLinear(String piece) {
		String text = piece.repeat(1_000_000 / piece.length());
		assertThat(this.redactor.redact(text)).isNotNull();
	}

}
