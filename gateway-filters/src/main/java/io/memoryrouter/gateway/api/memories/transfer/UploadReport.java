package io.memoryrouter.gateway.api.memories.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What has become of the lines of an upload so far. Not for several threads at once.
 */
final class UploadReport {

	private final List<Map<String, Object>> errors = new ArrayList<>();

	private int stored;

	private int nextLine = 1;

	void add(List<Line> lines) {
		lines.forEach(this::add);
	}

	private void add(Line line) {
		if (line.stored) {
			this.stored++;
		}
		if (line.error != null) {
			this.errors.add(Map.of("line", line.number, "message", line.error));
		}
		this.nextLine = line.number + 1;
	}

	Map<String, Object> json() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("stored", this.stored);
		json.put("errors", this.errors);
		return json;
	}

	/**
	 * The report of an upload that ended before its last line.
	 * @return the members, with the number of the line to go on with
	 */
	Map<String, Object> jsonToGoOn() {
		Map<String, Object> json = json();
		json.put("next_line", this.nextLine);
		return json;
	}

	/**
	 * What became of one line.
	 *
	 * @param number the line's number
	 * @param stored whether the vault has it now
	 * @param error what is wrong with it, or {@code null}
	 */
	record Line(int number, boolean stored, @Nullable String error) {

	}

}
