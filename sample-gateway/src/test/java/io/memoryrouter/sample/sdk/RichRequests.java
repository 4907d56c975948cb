package io.memoryrouter.sample.sdk;

import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that hold more than text, as each SDK makes them.
 *
 * @param address where the SDK sends them, without a path
 * @param credentials the keys
 */
record RichRequests(String address, Credentials credentials) {

	/**
	 * Sends a text with a picture, and waits for the answer.
	 * @param sdk the SDK
	 * @param text the text
	 * @param png the picture, which goes inline
	 */
	void showPicture(Sdk sdk, String text, byte[] png) {
		String base64 = Base64.getEncoder().encodeToString(png);
		switch (sdk) {
			case OPENAI_CHAT -> showToChat(sdk.model(), text, "data:image/png;base64," + base64);
			case OPENAI_RESPONSES -> showToResponses(sdk.model(), text, "data:image/png;base64," + base64);
			case ANTHROPIC_MESSAGES -> showToMessages(sdk.model(), text, base64);
			case GEMINI -> GeminiClients.connect(this.address, this.credentials).models.generateContent(sdk.model(),
					Content.fromParts(Part.fromText(text), Part.fromBytes(png, "image/png")), null);
		}
	}

	private void showToChat(String model, String text, String url) {
		OpenAiClients.connect(this.address, this.credentials)
			.chat()
			.completions()
			.create(ChatCompletionCreateParams.builder()
				.model(model)
				.addUserMessageOfArrayOfContentParts(List.of(
						ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder().text(text).build()),
						ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
							.imageUrl(ChatCompletionContentPartImage.ImageUrl.builder().url(url).build())
							.build())))
				.build());
	}

	private void showToResponses(String model, String text, String url) {
		EasyInputMessage message = EasyInputMessage.builder()
			.role(EasyInputMessage.Role.USER)
			.contentOfResponseInputMessageContentList(List.of(
					ResponseInputContent.ofInputText(ResponseInputText.builder().text(text).build()),
					ResponseInputContent.ofInputImage(
							ResponseInputImage.builder().detail(ResponseInputImage.Detail.AUTO).imageUrl(url).build())))
			.build();
		OpenAiClients.connect(this.address, this.credentials)
			.responses()
			.create(ResponseCreateParams.builder()
				.model(model)
				.inputOfResponse(List.of(ResponseInputItem.ofEasyInputMessage(message)))
				.build());
	}

	private void showToMessages(String model, String text, String base64) {
		AnthropicClients.connect(this.address, this.credentials)
			.messages()
			.create(MessageCreateParams.builder()
				.model(model)
				.maxTokens(64)
				.addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofImage(Base64ImageSource.builder()
					.data(base64)
					.mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
					.build()), ContentBlockParam.ofText(text)))
				.build());
	}

	/**
	 * Asks for an answer that follows the schema of {@link Cat}.
	 * @param sdk the SDK
	 * @param text the question
	 * @return the answer, which the SDK reads; that of Google leaves that to its caller
	 */
	Cat askForCat(Sdk sdk, String text) {
		return switch (sdk) {
			case OPENAI_CHAT -> askChat(sdk.model(), text);
			case OPENAI_RESPONSES -> askResponses(sdk.model(), text);
			case ANTHROPIC_MESSAGES -> askMessages(sdk.model(), text);
			case GEMINI -> askGemini(sdk.model(), text);
		};
	}

	private Cat askChat(String model, String text) {
		return OpenAiClients.connect(this.address, this.credentials)
			.chat()
			.completions()
			.create(ChatCompletionCreateParams.builder()
				.model(model)
				.addUserMessage(text)
				.responseFormat(Cat.class)
				.build())
			.choices()
			.get(0)
			.message()
			.content()
			.orElseThrow();
	}

	private Cat askResponses(String model, String text) {
		return OpenAiClients.connect(this.address, this.credentials)
			.responses()
			.create(ResponseCreateParams.builder().model(model).input(text).text(Cat.class).build())
			.output()
			.stream()
			.flatMap((item) -> item.message().stream())
			.flatMap((message) -> message.content().stream())
			.flatMap((content) -> content.outputText().stream())
			.findFirst()
			.orElseThrow();
	}

	private Cat askMessages(String model, String text) {
		return AnthropicClients.connect(this.address, this.credentials)
			.messages()
			.create(MessageCreateParams.builder()
				.model(model)
				.maxTokens(64)
				.addUserMessage(text)
				.outputConfig(Cat.class)
				.build())
			.content()
			.stream()
			.flatMap((block) -> block.text().stream())
			.map((block) -> block.text())
			.findFirst()
			.orElseThrow();
	}

	private Cat askGemini(String model, String text) {
		GenerateContentConfig config = GenerateContentConfig.builder()
			.responseMimeType("application/json")
			.responseSchema(Schema.builder()
				.type(Type.Known.OBJECT)
				.properties(Map.of("catName", Schema.builder().type(Type.Known.STRING).build()))
				.required("catName")
				.build())
			.build();
		String answer = GeminiClients.connect(this.address, this.credentials).models
			.generateContent(model, text, config)
			.text();
		return JsonMapper.shared().readValue(answer, Cat.class);
	}

	/**
	 * What is asked for; SDKs derive the schema from its getters.
	 */
	static final class Cat {

		private String catName = "";

		public String getCatName() {
			return this.catName;
		}

		public void setCatName(String catName) {
			this.catName = catName;
		}

	}

}
