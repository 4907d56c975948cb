package io.memoryrouter.sample.demo;

import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.ApiFamily;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A form in which the echo is asked and answers.
 */
sealed interface EchoDialect permits OpenAiChatEcho, OpenAiResponsesEcho, AnthropicMessagesEcho, GeminiEcho {

	/**
	 * The family of APIs that the dialect belongs to.
	 * @return whose errors it has
	 */
	ApiFamily family();

	/**
	 * Reads a question.
	 * @param request the request: some dialects say part of it in the path and the query
	 * @param body its body
	 * @return the question
	 * @throws EchoException if a provider would refuse it
	 */
	EchoQuestion read(ServerRequest request, JsonNode body);

	/**
	 * Writes an answer as one document.
	 * @param answer the answer
	 * @return the document
	 */
	Map<String, @Nullable Object> document(EchoAnswer answer);

	/**
	 * Writes an answer as a stream.
	 * @param answer the answer
	 * @return its events, the text a line each
	 */
	List<EchoEvent> events(EchoAnswer answer);

}
