package io.memoryrouter.sample.process;

import java.net.URI;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.MemoryKey;
import org.jspecify.annotations.Nullable;

/**
 * What a newcomer needs, in the order in which it is needed: where the gateway is, what
 * opens it, and two lines to paste. The texts hold secrets and are for the operator's
 * eyes alone.
 */
final class WelcomeText {

	private static final String NEW_INSTALLATION = """

			memoryrouter is ready at %s

			This is its first start. Keep these, they are not shown again:

			  administrator's token: %s
			  Memory Key:            %s

			Tell it something:

			  %s

			Ask in another conversation:

			  %s

			""";

	private static final String NEW_TOKEN = """

			No administrator's token is configured any more, so there is a new one. Keep it, it is not shown again:

			  administrator's token: %s

			""";

	private static final String CURL = "curl %s/v1/chat/completions -H 'Authorization: Bearer %s'"
			+ " -H 'Content-Type: application/json'"
			+ " -d '{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}'";

	private static final String FACT = "My name is Alice, and I sail on Sundays.";

	private static final String QUESTION = "What is my name?";

	private WelcomeText() {
	}

	/**
	 * What a new installation tells.
	 * @param address where the gateway is
	 * @param token the token that was made, or {@code null} if the operator has one
	 * @param key the key that was made
	 * @return the text
	 */
	static String newInstallation(URI address, @Nullable AdminToken token, MemoryKey key) {
		String shown = (token != null) ? token.reveal() : "(yours, of MEMORYROUTER_ADMIN_TOKEN)";
		return NEW_INSTALLATION.formatted(address, shown, key.reveal(), curl(address, key, FACT),
				curl(address, key, QUESTION));
	}

	/**
	 * What an installation tells whose operator took the token away.
	 * @param token the token that was made
	 * @return the text
	 */
	static String newToken(AdminToken token) {
		return NEW_TOKEN.formatted(token.reveal());
	}

	private static String curl(URI address, MemoryKey key, String text) {
		return CURL.formatted(address, key.reveal(), text);
	}

}
