package io.memoryrouter.gateway.request;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.support.ExchangeAttribute;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.server.ServerWebExchange;

/**
 * What goes out in place of a request's body: the bytes that came, and the changes that
 * each filter asks for. A filter that runs again replaces its own changes.
 *
 * @param request the request as it came
 * @param routing the changes that routing asks for: the model
 * @param context the changes that memory asks for: the blocks
 */
public record OutgoingBody(ChatRequest request, List<Edit> routing, List<Edit> context) {

	/** Where it stands on the exchange. */
	public static final ExchangeAttribute<OutgoingBody> ATTRIBUTE = ExchangeAttribute.of(OutgoingBody.class);

	/**
	 * The body without this product's own fields.
	 * @param request the request as it came
	 * @return the body
	 */
	static OutgoingBody of(ChatRequest request) {
		return new OutgoingBody(request, List.of(), List.of());
	}

	/**
	 * Changes what goes out for an exchange. An exchange whose body was not read stays as
	 * it is.
	 * @param exchange the exchange
	 * @param change the change
	 * @return the exchange whose request has the changed body
	 */
	public static ServerWebExchange change(ServerWebExchange exchange, UnaryOperator<OutgoingBody> change) {
		OutgoingBody body = ATTRIBUTE.get(exchange);
		return (body != null) ? OutgoingRequest.install(exchange, change.apply(body)) : exchange;
	}

	/**
	 * The body with another model.
	 * @param model the model to name
	 * @return the body
	 */
	public OutgoingBody withModel(String model) {
		return new OutgoingBody(this.request, this.request.withModel(model), this.context);
	}

	/**
	 * The body with blocks of memories.
	 * @param blocks the changes that put them in
	 * @return the body
	 */
	public OutgoingBody withBlocks(List<Edit> blocks) {
		return new OutgoingBody(this.request, this.routing, List.copyOf(blocks));
	}

	/**
	 * The length of the body that goes out.
	 * @return the length in bytes
	 */
	long length() {
		long length = this.request.body().length;
		for (Edit edit : edits()) {
			length += edit.replacement().length - edit.length();
		}
		return length;
	}

	/**
	 * The body that goes out. What came is not copied where buffers can be put together
	 * without: Netty's can.
	 * @param buffers makes the buffer
	 * @return the body, in one buffer
	 */
	DataBuffer toBuffer(DataBufferFactory buffers) {
		List<DataBuffer> pieces = new ArrayList<>();
		BodySplice.pieces(this.request.body(), edits()).forEach((piece) -> pieces.add(buffers.wrap(piece)));
		// There is nothing to join in an empty body.
		return pieces.isEmpty() ? buffers.wrap(this.request.body()) : buffers.join(pieces);
	}

	private List<Edit> edits() {
		List<Edit> edits = new ArrayList<>(this.request.withoutControls());
		edits.addAll(this.routing);
		edits.addAll(this.context);
		return edits;
	}

}
