package io.memoryrouter.gateway.ingest;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Exchange;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads one answer along, and has its exchange stored and its tokens counted, once, at
 * its end:
 * <ul>
 * <li>the last buffer, or the completion where no buffer is known to be the last, waits
 * until the exchange is durable or the hold is over;</li>
 * <li>an error, or a client that hangs up, ends the answer as it is by then: what was
 * said so far is stored and marked partial.</li>
 * </ul>
 * The buffers themselves go through as they come: none is kept back, copied or changed.
 */
final class AnswerCapture {

	private static final Logger logger = LoggerFactory.getLogger(AnswerCapture.class);

	private final AnswerReader reader;

	private final @Nullable ExchangeDraft draft;

	private final ExchangeArchive archive;

	private final RequestUsage usage;

	private final boolean storeUnanswered;

	/** Guarded by this: a client hangs up on another thread than the provider's. */
	private boolean ended;

	/**
	 * Begins to read an answer.
	 * @param reader understands it
	 * @param draft what it belongs to, or {@code null} if nothing of it is stored
	 * @param archive stores the exchange
	 * @param usage counts its tokens
	 * @param storeUnanswered whether a question without a readable answer is stored
	 */
	AnswerCapture(AnswerReader reader, @Nullable ExchangeDraft draft, ExchangeArchive archive, RequestUsage usage,
			boolean storeUnanswered) {
		this.reader = reader;
		this.draft = draft;
		this.archive = archive;
		this.usage = usage;
		this.storeUnanswered = storeUnanswered;
	}

	/**
	 * Reads a body along.
	 * @param body the body
	 * @return the same body
	 */
	Flux<DataBuffer> observe(Publisher<? extends DataBuffer> body) {
		return buffers(body).concatWith(atEnd()).doOnCancel(this::abandon);
	}

	/**
	 * Reads a body along that is written in parts. Whoever writes it asks for parts
	 * before it has read those that came, so the end is a part of its own: it is reached
	 * when all others were read.
	 * @param parts the parts of the body
	 * @return the same parts, and an empty one
	 */
	Flux<Publisher<DataBuffer>> observeParts(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
		return Flux.from(parts)
			.<Publisher<DataBuffer>>map(this::buffers)
			.concatWithValues(this.<DataBuffer>atEnd())
			.onErrorResume((ex) -> Mono.just(this.<DataBuffer>cut(ex)))
			.doOnCancel(this::abandon);
	}

	private Flux<DataBuffer> buffers(Publisher<? extends DataBuffer> body) {
		// Without a prefetch: no buffer waits here while the one before it is held.
		return Flux.from(body)
			.<DataBuffer>concatMap((buffer) -> read(buffer) ? held(buffer) : Mono.just(buffer), 0)
			.onErrorResume(this::cut);
	}

	private Mono<DataBuffer> held(DataBuffer buffer) {
		return end(Ending.SEEN).doOnCancel(() -> DataBufferUtils.release(buffer)).thenReturn(buffer);
	}

	private <T> Mono<T> atEnd() {
		return Mono.defer(() -> end(Ending.TRANSPORT).then(Mono.empty()));
	}

	private <T> Mono<T> cut(Throwable ex) {
		return Mono.defer(() -> end(Ending.CUT).then(Mono.error(ex)));
	}

	private void abandon() {
		end(Ending.CUT).subscribe();
	}

	private synchronized boolean read(DataBuffer buffer) {
		if (this.ended) {
			return false;
		}
		try {
			return this.reader.read(buffer);
		}
		catch (RuntimeException ex) {
			logger.error("An answer could not be read along: {}", ex.getClass().getName());
			return false;
		}
	}

	/**
	 * Completes when the exchange needs no more waiting for; at once but the first time.
	 */
	private Mono<Void> end(Ending ending) {
		Exchange exchange = conclude(ending);
		return (exchange != null) ? this.archive.append(exchange, this.usage) : Mono.empty();
	}

	private synchronized @Nullable Exchange conclude(Ending ending) {
		if (this.ended) {
			return null;
		}
		this.ended = true;
		if (ending == Ending.TRANSPORT) {
			this.reader.finish();
		}
		AnswerReader.Answer answer = this.reader.answer();
		this.reader.close();
		this.usage.answered(answer.usage());
		return (this.draft != null) ? exchange(this.draft, answer, ending == Ending.CUT) : null;
	}

	private @Nullable Exchange exchange(ExchangeDraft question, AnswerReader.Answer answer, boolean cut) {
		boolean unanswered = answer.text().isBlank() && !cut && !answer.complete();
		if (unanswered) {
			return this.storeUnanswered ? question.unanswered() : null;
		}
		return question.answeredBy(answer, cut);
	}

	/** The ways in which an answer ends. */
	private enum Ending {

		/** Its last buffer was seen. */
		SEEN,

		/** The transport brought it to its regular end. */
		TRANSPORT,

		/** The provider's connection broke, or the client hung up. */
		CUT

	}

}
