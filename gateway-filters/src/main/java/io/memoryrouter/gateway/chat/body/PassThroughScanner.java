package io.memoryrouter.gateway.chat.body;

import io.memoryrouter.gateway.chat.json.JsonCursor;

/**
 * Scans a body of which only the model is of interest. This product has no fields in it:
 * members that are called like them are the provider's.
 */
public final class PassThroughScanner extends RequestScanner {

	private PassThroughScanner(byte[] body, JsonCursor cursor) {
		super(body, cursor, (field) -> false);
	}

	/**
	 * Scans a body.
	 * @param body the body; kept, not copied
	 * @return the request, without messages
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	public static ChatRequest scan(byte[] body) {
		return scan(body, PassThroughScanner::new);
	}

	@Override
	protected String requiredMember() {
		return "model";
	}

	@Override
	protected void member(String name) {
		if ("model".equals(name)) {
			model();
		}
		else {
			cursor().value();
		}
	}

	@Override
	protected ChatRequest toRequest() {
		return ScannedRequest.withoutMessages(root());
	}

}
