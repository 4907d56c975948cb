package io.memoryrouter.gateway.chat.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;

/**
 * Inflates with Netty's decoder. What comes out is handed on at once, in pieces, so that
 * little input that makes much output does not fill the memory; where it makes far more
 * than text ever does, decoding stops, so that it does not keep the event loop busy
 * either.
 */
final class InflatingDecoder implements ContentDecoder {

	/** Events that are all alike compress about 1:100; deflate's own limit is 1:1032. */
	private static final int MAX_RATIO = 200;

	private static final int FREE_BYTES = 1024 * 1024;

	private final EmbeddedChannel channel;

	private long encoded;

	private long decoded;

	private boolean broken;

	InflatingDecoder(ZlibWrapper wrapper, ByteSink target) {
		this.channel = new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(wrapper, 0), new Output(target));
	}

	@Override
	public void accept(byte[] bytes, int offset, int length) {
		if (this.broken) {
			return;
		}
		this.encoded += length;
		try {
			this.channel.writeInbound(Unpooled.copiedBuffer(bytes, offset, length));
		}
		catch (CodecException ex) {
			this.broken = true;
		}
	}

	@Override
	public boolean isBroken() {
		return this.broken;
	}

	@Override
	public void close() {
		this.broken = true;
		this.channel.close();
	}

	/** The end of the pipeline. */
	private final class Output extends SimpleChannelInboundHandler<ByteBuf> {

		private final ByteSink target;

		Output(ByteSink target) {
			this.target = target;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) {
			InflatingDecoder decoder = InflatingDecoder.this;
			decoder.decoded += piece.readableBytes();
			decoder.broken |= decoder.decoded > FREE_BYTES + MAX_RATIO * decoder.encoded;
			if (!decoder.broken) {
				byte[] bytes = new byte[piece.readableBytes()];
				piece.readBytes(bytes);
				this.target.accept(bytes, 0, bytes.length);
			}
		}

	}

}
