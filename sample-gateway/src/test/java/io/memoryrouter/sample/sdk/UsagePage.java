package io.memoryrouter.sample.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the page "Keys &amp; Usage Modes", as they are printed there but for
 * the host and the Memory Key.
 *
 * @param address the gateway's address, in place of the page's
 * @param memoryKey the Memory Key, in place of the page's
 */
record UsagePage(String address, String memoryKey) {

	/** The key of the page, which goes to the provider. */
	static final String PROVIDER_KEY = "sk-your-openai-key";

	private static final Pattern ARGUMENT = Pattern.compile("(?m)^ {4}(\\w+)=(.*?),? *(?:#.*)?$");

	private static final Pattern HEADER = Pattern.compile("(?m)^ {8}(\"[^\"]+\"): (\"[^\"]+\")");

	/**
	 * An example.
	 * @param file its file
	 * @return its text
	 */
	String example(String file) {
		try {
			String text = new ClassPathResource("usage-page/" + file).getContentAsString(StandardCharsets.UTF_8);
			assertThat(text).contains("https://api.memoryrouter.ai/v1", "mk_xxxxxxxxxxxxxxxx");
			return text.replace("https://api.memoryrouter.ai", this.address)
				.replace("mk_xxxxxxxxxxxxxxxx", this.memoryKey);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends what an example in Python sends, by the same company's SDK for Java: all that
	 * the example says is read from it.
	 * @param file its file
	 * @return the text of the answer
	 */
	String runPython(String file) {
		Snippet snippet = Snippet.parse(example(file));
		Credentials credentials = new Credentials(snippet.text("api_key"), snippet.headers());
		String gateway = snippet.text("base_url").replaceFirst("/v1$", "");
		try (OpenAiClients.Chat chat = new OpenAiClients.Chat(OpenAiClients.connect(gateway, credentials))) {
			return chat.client()
				.chat()
				.completions()
				.create(snippet.params())
				.choices()
				.get(0)
				.message()
				.content()
				.orElseThrow();
		}
	}

	/**
	 * The arguments of the calls in a piece of Python. What is no literal that is JSON
	 * too is left as it is.
	 *
	 * @param arguments the arguments' source, by name
	 * @param headers {@code default_headers}
	 */
	private record Snippet(Map<String, String> arguments, Map<String, String> headers) {

		static Snippet parse(String source) {
			Map<String, String> arguments = ARGUMENT.matcher(source)
				.results()
				.collect(Collectors.toMap((argument) -> argument.group(1), (argument) -> argument.group(2)));
			assertThat(arguments.keySet()).containsAll(List.of("api_key", "base_url", "model", "messages"))
				.isSubsetOf("api_key", "base_url", "default_headers", "model", "messages");
			Map<String, String> headers = HEADER.matcher(source)
				.results()
				.collect(Collectors.toMap((header) -> string(header.group(1)), (header) -> string(header.group(2))));
			return new Snippet(arguments, headers);
		}

		private static String string(String literal) {
			return JsonMapper.shared().readValue(literal, String.class);
		}

		String text(String argument) {
			return string(this.arguments.get(argument));
		}

		ChatCompletionCreateParams params() {
			ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder().model(text("model"));
			List<Map<String, String>> messages = JsonMapper.shared()
				.readValue(this.arguments.get("messages"), new TypeReference<>() {
				});
			for (Map<String, String> message : messages) {
				assertThat(message).containsOnlyKeys("role", "content").containsEntry("role", "user");
				params.addUserMessage(message.get("content"));
			}
			return params.build();
		}

	}

}
