package io.memoryrouter.gateway.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes awkward but valid requests: random white space, order, escapes, numbers, unknown
 * members, this product's members anywhere.
 */
final class RandomBody {

	private static final List<String> CONTROLS = List.of("session_id", "memory", "memory_mode", "memory_store",
			"memory_store_response", "memory_limit", "memory_scope");

	private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\r\n  ", "\t", " \n ");

	private static final List<String> CHARACTERS = List.of("a", "Z", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9",
			"\u00e9", "\u20ac", "\ud83d\ude00", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u0000", "{", "]", ",", ":",
			"<", "\u2028");

	private static final List<String> SCALARS = List.of("1.0", "-0", "1e5", "1E+400", "12345678901234567890",
			"0.10000000000000000000000001", "true", "false", "null");

	/** The literal texts of all members that stay, in order. */
	final List<String> kept = new ArrayList<>();

	private final BodyGrammar grammar;

	private final Random random;

	private final String text;

	RandomBody(BodyGrammar grammar, long seed) {
		this.grammar = grammar;
		this.random = new Random(seed);
		String start = (this.random.nextInt(8) == 0) ? "\ufeff" : "";
		this.text = start + space() + body() + space();
	}

	@Override
	public String toString() {
		return this.text;
	}

	private String body() {
		List<String> members = new ArrayList<>();
		members.add(this.grammar.list());
		members.addAll(this.grammar.instructions().stream().filter((name) -> this.random.nextBoolean()).toList());
		for (int i = this.random.nextInt(6); i > 0; i--) {
			String name = pick(List.of("model", "stream", "tools", "x", "messagesx", "", "store"));
			members.add(this.random.nextInt(members.size() + 1), name);
		}
		for (int i = this.random.nextInt(4); i > 0; i--) {
			members.add(this.random.nextInt(members.size() + 1), pick(CONTROLS));
		}
		return object(members.stream().map(this::member).toList());
	}

	private String member(String name) {
		String head = '"' + name + '"' + space() + ':' + space();
		if (CONTROLS.contains(name)) {
			return head + value(2);
		}
		if (name.equals(this.grammar.list())) {
			return head + messages();
		}
		String member = head + switch (name) {
			case "model" -> string();
			case "stream" -> pick(List.of("true", "false", "null"));
			default -> this.grammar.instructions().contains(name) ? instructions() : value(3);
		};
		this.kept.add(member);
		return member;
	}

	private String messages() {
		List<String> messages = new ArrayList<>();
		for (int i = this.random.nextInt(5); i > 0; i--) {
			messages.add(message(pick(this.grammar.roles())));
		}
		messages.add(message(this.grammar.user()));
		return array(messages);
	}

	private String message(String role) {
		List<String> members = new ArrayList<>();
		keep(members, "\"role\":" + space() + '"' + role + '"');
		keep(members, '"' + this.grammar.content() + '"' + space() + ":" + content());
		if (this.random.nextInt(3) == 0) {
			keep(members, "\"name\":" + string());
		}
		if (this.random.nextInt(3) == 0) {
			keep(members, "\"y\":" + value(2));
		}
		if (this.random.nextInt(3) == 0) {
			String value = pick(List.of("true", "false", "null", "\"FALSE\""));
			members.add(this.random.nextInt(members.size() + 1), "\"memory\"" + space() + ":" + value);
		}
		return object(members);
	}

	private void keep(List<String> members, String member) {
		members.add(member);
		this.kept.add(member);
	}

	private String content() {
		return (this.grammar.hasPlainContent() && this.random.nextBoolean()) ? string() : array(parts());
	}

	private String instructions() {
		return this.grammar.hasPlainContent() ? content()
				: object(List.of('"' + this.grammar.content() + '"' + space() + ":" + content()));
	}

	private List<String> parts() {
		List<String> parts = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			parts.add(this.random.nextBoolean() ? object(List.of(this.grammar.textType() + "\"text\":" + string()))
					: object(List.of("\"image_url\":" + value(1), "\"type\":\"image_url\"")));
		}
		return parts;
	}

	private String value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 4 : 2)) {
			case 0 -> pick(SCALARS);
			case 1 -> string();
			case 2 -> array(List.of(value(depth - 1), value(depth - 1)));
			default -> object(List.of(name() + ":" + value(depth - 1), "\"memory\":" + value(depth - 1)));
		};
	}

	private String string() {
		StringBuilder literal = new StringBuilder("\"");
		for (int i = this.random.nextInt(12); i > 0; i--) {
			literal.append(pick(CHARACTERS));
		}
		return literal.append('"').toString();
	}

	/** Jackson refuses halves of surrogate pairs in names. */
	private String name() {
		return string().replace("\\ud83d", "\\u0022").replace("\\ude00", "\\u0009");
	}

	private String array(List<String> values) {
		return "[" + space() + String.join(space() + "," + space(), values) + space() + "]";
	}

	private String object(List<String> members) {
		return "{" + space() + String.join(space() + "," + space(), members) + space() + "}";
	}

	private String space() {
		return pick(SPACES);
	}

	private String pick(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
