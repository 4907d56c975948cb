package io.memoryrouter.gateway.context;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which block each message of a conversation was given, for
 * {@link Sticky#SESSION}. A message is known again by its vault, its session, and the
 * fingerprint of itself and all that users and assistants said before it; the system's
 * instructions are left out, since many tell the time.
 * <p>
 * It lives in this process. After a restart, or on another replica, the blocks of earlier
 * messages are not known: they are left out from there on, which costs the provider's
 * prompt cache once.
 */
final class BlockMemo {

	private final RecollectionCache cache;

	BlockMemo(StickySettings settings) {
		this(settings, Ticker.systemTicker());
	}

	BlockMemo(StickySettings settings, Ticker ticker) {
		this.cache = new RecollectionCache(settings.maxBytes(), settings.maxIdle(), ticker);
	}

	/**
	 * Looks up the blocks of the messages before the question. A message that is not open
	 * to memory gets none.
	 * @param call the request
	 * @param key whose memory it may use
	 * @return the blocks
	 */
	EarlierBlocks find(ChatCall call, KeyContext key) {
		int question = call.request().lastUserMessage();
		if (question < 0) {
			return EarlierBlocks.NONE;
		}
		long era = this.cache.era();
		List<ChatMessage> messages = call.request().messages();
		MessageDigester digester = new MessageDigester(salt(call, key));
		Map<Integer, Recollection> blocks = new TreeMap<>();
		for (int i = 0; i < question; i++) {
			Recollection block = next(messages.get(i), digester, call, key);
			if (block != null) {
				blocks.put(i, block);
			}
		}
		digester.add(messages.get(question));
		return new EarlierBlocks(blocks, key(digester, call, key), era);
	}

	/** A key that may search less is not to see what another found. */
	private static String salt(ChatCall call, KeyContext key) {
		return call.controls().scope() + " " + key.key().readVaults();
	}

	private @Nullable Recollection next(ChatMessage message, MessageDigester digester, ChatCall call, KeyContext key) {
		boolean user = message.role().equals("user");
		if (user || message.role().equals("assistant")) {
			digester.add(message);
		}
		Recollection known = user ? this.cache.find(key(digester, call, key)) : null;
		return message.remembered() ? known : null;
	}

	private static RecollectionCache.Key key(MessageDigester digester, ChatCall call, KeyContext key) {
		return new RecollectionCache.Key(key.key().vault(), call.controls().session(), digester.fingerprint());
	}

	/**
	 * Notes what a question was given, so that it gets the same when it comes back as an
	 * earlier message. A question that brought a block along comes back with it.
	 * @param call the request
	 * @param earlier what was looked up for it
	 * @param given what its question was given, or {@code null} if nothing
	 */
	void note(ChatCall call, EarlierBlocks earlier, @Nullable Recollection given) {
		if (earlier.question() == null) {
			return;
		}
		if (given == null || carriesBlock(call.userMessage())) {
			this.cache.remove(earlier.question());
		}
		else {
			this.cache.keep(earlier.question(), given, earlier.era());
		}
	}

	private static boolean carriesBlock(@Nullable ChatMessage message) {
		String text = (message != null) ? message.text() : "";
		return MemoryBlock.strip(text).length() < text.length();
	}

	RecollectionCache cache() {
		return this.cache;
	}

}
