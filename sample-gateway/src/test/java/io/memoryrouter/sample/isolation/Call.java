package io.memoryrouter.sample.isolation;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * A request to an endpoint: a good one, but for one field at most.
 *
 * @param endpoint the endpoint
 * @param values the good values of its fields, by the name without its place
 * @param field the field that has another value, or {@code null}
 * @param value the other value, as it is written in the field's place
 */
record Call(Endpoint endpoint, Map<String, String> values, @Nullable Field field, String value) {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** Stands in the body for what is no JSON that could be put there. */
	private static final String MARK = "the-other-value";

	static Call good(Endpoint endpoint, Map<String, String> values) {
		return new Call(endpoint, values, null, "");
	}

	Call with(Field other, String written) {
		return new Call(this.endpoint, this.values, other, written);
	}

	/**
	 * The field that has another value.
	 * @return the field
	 */
	Field changed() {
		Assert.state(this.field != null, "It is a good request");
		return this.field;
	}

	/**
	 * The good value of the field that has another.
	 * @return the value, as it is written in the field's place
	 */
	String goodValue() {
		return good(changed());
	}

	/**
	 * The request, without a credential.
	 * @param gateway where the gateway is
	 * @return the request
	 */
	HttpRequest.Builder toRequest(URI gateway) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path() + query())).timeout(PATIENCE);
		for (Field header : sent(Field.Place.HEADER)) {
			request.header(header.name(), written(header));
		}
		String body = body();
		if (body.isEmpty()) {
			return request.method(this.endpoint.method(), HttpRequest.BodyPublishers.noBody());
		}
		return request.header("Content-Type", "application/json")
			.method(this.endpoint.method(), HttpRequest.BodyPublishers.ofString(body));
	}

	private List<Field> sent(Field.Place place) {
		return this.endpoint.fields()
			.stream()
			.filter((one) -> one.place() == place && (one.required() || one.equals(this.field)))
			.toList();
	}

	private String written(Field one) {
		return one.equals(this.field) ? this.value : good(one);
	}

	private String good(Field one) {
		String good = this.values.get(one.name());
		if (good == null) {
			throw new IllegalStateException("There is no value for the field '" + one.name() + "'");
		}
		return (one.place() == Field.Place.BODY) ? good : one.encode(good);
	}

	private String path() {
		String path = this.endpoint.path();
		for (Field variable : sent(Field.Place.PATH)) {
			path = path.replace("{" + variable.name() + "}", written(variable));
		}
		return path;
	}

	private String query() {
		StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
		for (Field parameter : sent(Field.Place.QUERY)) {
			query.add(parameter.name() + "=" + written(parameter));
		}
		return query.toString();
	}

	/** A body is one line, so that it is one of JSON lines, too. */
	private String body() {
		List<Field> members = sent(Field.Place.BODY);
		if (members.isEmpty()) {
			return "";
		}
		ObjectNode body = JsonMapper.shared().createObjectNode();
		for (Field member : members) {
			set(body, JsonPointer.compile(member.name()),
					member.equals(this.field) ? body.stringNode(MARK) : JsonMapper.shared().readTree(good(member)));
		}
		return JsonMapper.shared().writeValueAsString(body).replace('"' + MARK + '"', this.value);
	}

	/** Of arrays, the element is there already, or the array is made for it. */
	private static void set(ObjectNode body, JsonPointer pointer, JsonNode value) {
		JsonNode parent = body.at(pointer.head());
		if (parent instanceof ObjectNode object) {
			object.set(pointer.last().getMatchingProperty(), value);
		}
		else if (parent instanceof ArrayNode array) {
			array.set(pointer.last().getMatchingIndex(), value);
		}
		else {
			body.putArray(pointer.head().getMatchingProperty()).add(value);
		}
	}

	@Override
	public String toString() {
		String shown = (this.value.length() <= 80) ? this.value
				: this.value.substring(0, 80) + "… " + this.value.length();
		return this.endpoint + ((this.field != null) ? " with " + this.field + " = " + shown : "");
	}

}
