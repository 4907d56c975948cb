package io.memoryrouter.gateway.chat.stream;

/**
 * Passes on what is not encoded.
 */
final class IdentityDecoder implements ContentDecoder {

	private final ByteSink target;

	IdentityDecoder(ByteSink target) {
		this.target = target;
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		this.target.accept(bytes, offset, length);
	}

	@Override
	public boolean isBroken() {
		return false;
	}

	@Override
	public void close() {
	}

}
