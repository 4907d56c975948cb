package io.memoryrouter.memory.ingest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets that are known by their form with {@code [redacted]}: Memory Keys,
 * keys of model providers, of code hosts, of clouds and of other services, JSON Web
 * Tokens, private keys in PEM form, HTTP credentials and passwords in URLs.
 * <p>
 * Only forms that are hardly anything else are taken; hashes, ids and long words stay,
 * and so does a password that looks like a word. The time grows linearly with the text.
 */
public final class SecretRedactor implements Redactor {

	/** What stands in the place of a secret. */
	public static final String REPLACEMENT = "[redacted]";

	/*
	 * Every repetition is possessive, and every look-ahead is bounded or stays inside one
	 * token of which it can start only once: nothing is read twice, whatever the text.
	 */
	private static final List<String> TOKENS = List.of(
			// Memory Keys; one that is all lower-case letters is a name in snake case
			"mk[_-](?=[a-z]{0,64}+[A-Z0-9])[A-Za-z0-9]{16,}+(?::(?:read|write|off)\\b)?+",
			// OpenAI, Anthropic, OpenRouter, DeepSeek and their likes
			"(?:sk|csk|xai|pplx)-(?=[\\w-]{0,100}?[A-Za-z0-9]{16})(?=[A-Za-z_-]{0,100}+[0-9])[\\w-]{20,}+",
			// Groq, Hugging Face, Replicate
			"gsk_[A-Za-z0-9]{32,}+", "hf_[A-Za-z0-9]{30,}+", "r8_[A-Za-z0-9]{30,}+",
			// Stripe
			"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}+", "whsec_[A-Za-z0-9+/]{24,}+",
			// Google
			"AIza[\\w-]{35}", "ya29\\.[\\w-]{20,}+", "GOCSPX-[\\w-]{20,}+",
			// GitHub, GitLab
			"gh[pousr]_[A-Za-z0-9]{36,}+", "github_pat_\\w{22,}+", "glpat-[\\w-]{20,}+",
			// AWS
			"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])",
			// Slack
			"xox[abeoprs]-[A-Za-z0-9-]{10,}+", "xapp-[A-Za-z0-9-]{20,}+",
			// npm, PyPI, SendGrid, DigitalOcean
			"npm_[A-Za-z0-9]{36}", "pypi-[\\w-]{50,}+", "SG\\.[\\w-]{16,}+\\.[\\w-]{16,}+", "do[opr]_v1_[a-f0-9]{64}",
			// JSON Web Tokens, signed and encrypted
			"eyJ[\\w-]{10,}+\\.[\\w-]*+\\.[\\w-]{8,}+(?:\\.[\\w-]++\\.[\\w-]++)?+");

	/** A token begins where no word goes on; {@code \n} in JSON's spelling is no word. */
	private static final Pattern TOKEN = Pattern
		.compile("(?:(?<![\\w-])|(?<=\\\\[nrt]))(?:" + String.join("|", TOKENS) + ")");

	private static final String PEM_HEAD = "-----BEGIN [A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----"
			+ "(?:\\s*+Proc-Type:[^\\r\\n]{0,80}+\\s*+DEK-Info:[^\\r\\n]{0,80}+)?+";

	/** A whole block, or the beginning of one that was cut. */
	private static final Pattern PEM = Pattern
		.compile(PEM_HEAD + "(?:[A-Za-z0-9+/=\\s\\\\:.,()]*+-----END [A-Z0-9 ]{0,60}+-----"
				+ "|[\\s\\\\nr]{0,8}?[A-Za-z0-9+/=]{40,}+[A-Za-z0-9+/=\\s\\\\]*+)");

	/** The scheme stays, what follows it goes; a word has no digit among its letters. */
	private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?<![\\w-])(bearer\\s{1,8}+|authorization:\\s{0,8}+"
			+ "basic\\s{1,8}+)(?=[a-z._~+/=-]{0,100}+[0-9])[a-z0-9._~+/=-]{16,}+");

	private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s/:@?#]{1,100}+:)[^\\s/@]{1,200}+(?=@)");

	@Override
	public String redact(String text) {
		String redacted = replace(PEM, text, REPLACEMENT);
		redacted = replace(CREDENTIALS, redacted, "$1" + REPLACEMENT);
		redacted = replace(TOKEN, redacted, REPLACEMENT);
		return replace(URL_PASSWORD, redacted, "$1" + REPLACEMENT);
	}

	private static String replace(Pattern pattern, String text, String replacement) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.replaceAll(replacement) : text;
	}

}
