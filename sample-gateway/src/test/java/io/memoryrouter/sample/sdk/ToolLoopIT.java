package io.memoryrouter.sample.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.openai.client.OpenAIClient;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A model that thinks, and calls a tool three times before it answers. Each step sends
 * the conversation again; what the model thought comes back with its signature.
 */
@ExtendWith(SharedGateway.Extension.class)
class ToolLoopIT {

	private static final String FACT = "My sister Vera lives in Bergen.";

	private static final String QUESTION = "Is it warm where my sister lives?";

	private static final String FINAL = "It is warmest in Bergen.";

	private static final int STEPS = 4;

	private final SharedGateway gateway;

	private Credentials credentials;

	private long before;

	ToolLoopIT(SharedGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void tellFact() {
		this.credentials = Credentials.dropIn(this.gateway.newMemoryKey(), "sk-provider-0123456789");
		try (ChatClient client = Sdk.OPENAI_CHAT.connect(this.gateway.address(), this.credentials)) {
			client.ask("gpt-5.5", FACT);
		}
		this.gateway.provider().reset();
		this.before = this.gateway.storedMemories();
	}

	@Test
	void openAiChatWhenToolIsCalledThreeTimesThenEachStepHasTheSameBlock() {
		Sdk sdk = prepare(Sdk.OPENAI_CHAT);
		ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
			.model(sdk.model())
			.addFunctionTool(FunctionDefinition.builder().name("weather").build())
			.addUserMessage(QUESTION);
		OpenAIClient client = OpenAiClients.connect(this.gateway.address(), this.credentials);
		ChatCompletionMessage message = client.chat().completions().create(params.build()).choices().get(0).message();
		while (message.toolCalls().isPresent()) {
			params.addMessage(message);
			message.toolCalls()
				.get()
				.forEach((call) -> params.addMessage(ChatCompletionToolMessageParam.builder()
					.toolCallId(call.asFunction().id())
					.content("9 °C")
					.build()));
			message = client.chat().completions().create(params.build()).choices().get(0).message();
		}
		assertThat(message.content()).hasValue(FINAL);
		assertLoop(sdk);
	}

	@Test
	void openAiResponsesWhenReasoningIsEncryptedThenItComesBackAndEachStepHasTheSameBlock() {
		Sdk sdk = prepare(Sdk.OPENAI_RESPONSES);
		List<ResponseInputItem> input = new ArrayList<>();
		input.add(ResponseInputItem
			.ofEasyInputMessage(EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(QUESTION).build()));
		Response response = respond(sdk, input);
		while (response.output().stream().anyMatch(ResponseOutputItem::isFunctionCall)) {
			for (ResponseOutputItem item : response.output()) {
				item.reasoning().ifPresent((reasoning) -> input.add(ResponseInputItem.ofReasoning(reasoning)));
				item.functionCall().ifPresent((call) -> {
					input.add(ResponseInputItem.ofFunctionCall(call));
					input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
						.callId(call.callId())
						.output("9 °C")
						.build()));
				});
			}
			response = respond(sdk, input);
		}
		assertThat(OpenAiClients.text(response)).isEqualTo(FINAL);
		assertLoop(sdk);
		assertThat(lastBody().path("input").findValuesAsString("encrypted_content"))
			.containsExactlyElementsOf(signatures(sdk, "encrypted_content"));
	}

	private Response respond(Sdk sdk, List<ResponseInputItem> input) {
		return OpenAiClients.connect(this.gateway.address(), this.credentials)
			.responses()
			.create(ResponseCreateParams.builder()
				.model(sdk.model())
				.store(false)
				.addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
				.addTool(FunctionTool.builder()
					.name("weather")
					.parameters(FunctionTool.Parameters.builder().build())
					.strict(false)
					.build())
				.inputOfResponse(input)
				.build());
	}

	@Test
	void anthropicWhenThinkingIsSignedThenItComesBackAndEachStepHasTheSameBlock() {
		Sdk sdk = prepare(Sdk.ANTHROPIC_MESSAGES);
		AnthropicClient client = AnthropicClients.connect(this.gateway.address(), this.credentials);
		MessageCreateParams.Builder params = MessageCreateParams.builder()
			.model(sdk.model())
			.maxTokens(2048)
			.enabledThinking(1024)
			.addTool(com.anthropic.models.messages.Tool.builder()
				.name("weather")
				.inputSchema(com.anthropic.models.messages.Tool.InputSchema.builder().build())
				.build())
			.addUserMessage(QUESTION);
		Message message = client.messages().create(params.build());
		while (message.content().stream().anyMatch((block) -> block.isToolUse())) {
			params.addMessage(message)
				.addUserMessageOfContentBlockParams(message.content()
					.stream()
					.flatMap((block) -> block.toolUse().stream())
					.map((call) -> ContentBlockParam
						.ofToolResult(ToolResultBlockParam.builder().toolUseId(call.id()).content("9 °C").build()))
					.toList());
			message = client.messages().create(params.build());
		}
		assertThat(AnthropicClients.text(message)).isEqualTo(FINAL);
		assertLoop(sdk);
		assertThat(lastBody().findValuesAsString("signature")).containsExactlyElementsOf(signatures(sdk, "signature"));
	}

	@Test
	void geminiWhenThoughtsAreSignedThenTheyComeBackAndEachStepHasTheSameBlock() {
		Sdk sdk = prepare(Sdk.GEMINI);
		Client client = GeminiClients.connect(this.gateway.address(), this.credentials);
		GenerateContentConfig config = GenerateContentConfig.builder()
			.tools(com.google.genai.types.Tool.builder()
				.functionDeclarations(FunctionDeclaration.builder().name("weather").build())
				.build())
			.build();
		List<Content> contents = new ArrayList<>();
		contents.add(Content.builder().role("user").parts(Part.fromText(QUESTION)).build());
		GenerateContentResponse response = client.models.generateContent(sdk.model(), contents, config);
		while (response.functionCalls() != null && !response.functionCalls().isEmpty()) {
			contents.add(response.candidates().orElseThrow().get(0).content().orElseThrow());
			contents.add(Content.builder()
				.role("user")
				.parts(Part.fromFunctionResponse("weather", Map.of("temperature", "9 °C")))
				.build());
			response = client.models.generateContent(sdk.model(), contents, config);
		}
		assertThat(response.text()).isEqualTo(FINAL);
		assertLoop(sdk);
		assertThat(lastBody().findValuesAsString("thoughtSignature").stream().map(ToolLoopIT::standardBase64))
			.containsExactlyElementsOf(signatures(sdk, "thoughtSignature"));
	}

	/**
	 * Google's SDK writes bytes in the alphabet for URLs, which JSON of protocol buffers
	 * allows.
	 */
	private static String standardBase64(String text) {
		return text.replace('-', '+').replace('_', '/');
	}

	private Sdk prepare(Sdk sdk) {
		this.gateway.provider()
			.answerInTurn(
					IntStream.rangeClosed(1, STEPS).mapToObj((step) -> sdk.file("tool-" + step + ".json")).toList());
		return sdk;
	}

	private void assertLoop(Sdk sdk) {
		List<LoggedRequest> requests = this.gateway.provider().requests();
		assertThat(requests).hasSize(STEPS);
		assertThat(requests.stream().map(sdk::lastUserText).distinct()).singleElement()
			.asString()
			.startsWith(QUESTION + "\n\n<recalled-memories>\n")
			.contains("] user: " + FACT + "\n")
			.endsWith("\n</recalled-memories>");
		assertThat(this.gateway.storedMemories() - this.before).as("the question and the answer").isEqualTo(2);
	}

	private JsonNode lastBody() {
		return JsonMapper.shared().readTree(this.gateway.provider().lastRequest().getBody());
	}

	/** What the provider gave the client to send back. */
	private static List<String> signatures(Sdk sdk, String member) {
		return IntStream.range(1, STEPS)
			.mapToObj((step) -> JsonMapper.shared()
				.readTree(RecordingProvider.read(sdk.file("tool-" + step + ".json")))
				.findValue(member)
				.asString())
			.toList();
	}

}
