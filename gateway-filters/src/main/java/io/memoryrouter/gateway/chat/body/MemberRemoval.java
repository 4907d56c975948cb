package io.memoryrouter.gateway.chat.body;

import java.util.List;

import io.memoryrouter.gateway.chat.json.JsonCursor;
import tools.jackson.core.JsonToken;

/**
 * Takes members out of one object, each with one comma: the one before it if a member
 * before it stays, else the one behind. The white space around goes with the comma, so
 * that what stays looks as if the member had never been there.
 */
public final class MemberRemoval {

	private static final byte[] NOTHING = {};

	private final List<Edit> edits;

	private int keptEnd = -1;

	/**
	 * Starts at the beginning of an object.
	 * @param edits where to add the edits
	 */
	public MemberRemoval(List<Edit> edits) {
		this.edits = edits;
	}

	/**
	 * Notes a member that stays.
	 * @param cursor the cursor, on the token behind the member
	 */
	public void keep(JsonCursor cursor) {
		this.keptEnd = cursor.previousEnd();
	}

	/**
	 * Takes a member out.
	 * @param nameStart where its name begins
	 * @param cursor the cursor, on the token behind the member
	 */
	public void remove(int nameStart, JsonCursor cursor) {
		if (this.keptEnd >= 0) {
			remove(this.keptEnd, cursor.previousEnd());
			this.keptEnd = cursor.previousEnd();
		}
		else {
			remove(nameStart, cursor.at(JsonToken.PROPERTY_NAME) ? cursor.start() : cursor.previousEnd());
		}
	}

	private void remove(int start, int end) {
		this.edits.add(new Edit(start, end - start, NOTHING));
	}

}
