package io.memoryrouter.gateway.ingest;

import java.io.IOException;

import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ProviderBrokeOffException;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Exchange;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * A response that reads along what is written to it, where there is something to store or
 * to count, and sees to it that an answer which breaks off does not look whole.
 */
final class CapturingResponse extends ServerHttpResponseDecorator {

	private final ServerWebExchange exchange;

	private final ExchangeArchive archive;

	private final int maxAnswerSize;

	private final boolean storeOnProviderError;

	CapturingResponse(ServerWebExchange exchange, ExchangeArchive archive, int maxAnswerSize,
			boolean storeOnProviderError) {
		super(exchange.getResponse());
		this.exchange = exchange;
		this.archive = archive;
		this.maxAnswerSize = maxAnswerSize;
		this.storeOnProviderError = storeOnProviderError;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		AnswerCapture capture = begin();
		return (capture != null) ? super.writeWith(capture.observe(body)) : beforeAnswer().then(super.writeWith(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		Flux<? extends Publisher<? extends DataBuffer>> answer = Flux.from(body)
			.onErrorMap(IOException.class, ProviderBrokeOffException::new);
		AnswerCapture capture = begin();
		return (capture != null) ? super.writeAndFlushWith(capture.observeParts(answer))
				: beforeAnswer().then(super.writeAndFlushWith(answer));
	}

	private @Nullable AnswerCapture begin() {
		HttpStatusCode status = getStatusCode();
		ChatCall call = ChatCall.ATTRIBUTE.get(this.exchange);
		if (call == null || status == null || !status.is2xxSuccessful()) {
			return null;
		}
		ExchangeDraft draft = draft(call);
		RequestUsage usage = RequestUsage.of(this.exchange);
		if (draft == null && usage == RequestUsage.NONE) {
			return null;
		}
		return new AnswerCapture(call.dialect().answerReader(getHeaders(), this.maxAnswerSize), draft, this.archive,
				usage, this.storeOnProviderError);
	}

	/** Only what a provider answered is its error: this product's own never is. */
	private Mono<Void> beforeAnswer() {
		boolean provider = this.exchange.getAttributes().containsKey(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		return (provider && this.storeOnProviderError && getStatusCode() != null && !getStatusCode().is2xxSuccessful())
				? storeQuestion() : Mono.empty();
	}

	/**
	 * Stores the question of a request that gets no answer.
	 * @return completion, when it need not be waited for any more
	 */
	Mono<Void> storeQuestion() {
		ExchangeDraft draft = draft(ChatCall.ATTRIBUTE.get(this.exchange));
		Exchange question = (draft != null) ? draft.unanswered() : null;
		return (question != null) ? this.archive.append(question, RequestUsage.of(this.exchange)) : Mono.empty();
	}

	private static @Nullable ExchangeDraft draft(@Nullable ChatCall call) {
		KeyContext key = (call != null) ? call.key() : null;
		return (call != null && key != null && call.plan().stores()) ? ExchangeDraft.of(call, key) : null;
	}

}
