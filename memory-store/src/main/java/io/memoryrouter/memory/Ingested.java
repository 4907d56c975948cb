package io.memoryrouter.memory;

import java.util.List;

/**
 * What became of an exchange.
 *
 * @param ids the ids of all its memories, also of those that were there already
 * @param added how many of them are new
 */
public record Ingested(List<String> ids, int added) {

	/**
	 * Takes a copy of the ids.
	 */
	public Ingested {
		ids = List.copyOf(ids);
	}

}
