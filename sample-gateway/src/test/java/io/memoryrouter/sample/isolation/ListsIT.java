package io.memoryrouter.sample.isolation;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every list that has pages, as the table says: pages are bounded, all pages together are
 * the list, and a cursor that was not given is none.
 */
@ExtendWith(Tenants.Extension.class)
class ListsIT {

	private static final int MAX_LIMIT = 1_000;

	private final Tenant tenant;

	ListsIT(Tenants tenants) {
		this.tenant = tenants.theirs();
	}

	static List<Endpoint> lists() {
		return Endpoint.all().stream().filter((endpoint) -> find(endpoint, "cursor") != null).toList();
	}

	@ParameterizedTest
	@MethodSource("lists")
	void listWhenLimitIsNoneOrOutOfRangeThenRefusedByName(Endpoint list) {
		for (String limit : List.of("0", "-1", String.valueOf(MAX_LIMIT + 1), "2147483648", "1.5", "0x10", "ten", "")) {
			HttpResponse<String> answer = this.tenant.send(list(list, "limit", limit));
			assertThat(answer.statusCode()).as(limit).isEqualTo(400);
			assertThat(json(answer).at("/error/param").asString()).isEqualTo("limit");
		}
		assertThat(this.tenant.send(list(list, "limit", String.valueOf(MAX_LIMIT))).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource("lists")
	void listWhenPagesAreFollowedThenEachThingIsThereOnce(Endpoint list) {
		List<String> ids = new ArrayList<>();
		String cursor = "";
		do {
			Map<String, String> values = this.tenant.values(list);
			values.put("limit", "1");
			values.put("cursor", cursor);
			Endpoint page = cursor.isEmpty() ? only(list, Set.of("limit")) : only(list, Set.of("limit", "cursor"));
			JsonNode answer = json(this.tenant.send(Call.good(page, values)));
			List<String> onPage = answer.findValuesAsString("id");
			assertThat(onPage).hasSizeLessThanOrEqualTo(1);
			ids.addAll(onPage);
			cursor = answer.path("next_cursor").asString("");
		}
		while (!cursor.isEmpty());
		assertThat(ids).hasSizeGreaterThan(1).doesNotHaveDuplicates();
		assertThat(ids).isEqualTo(json(this.tenant.send(list(list, "limit", "1000"))).findValuesAsString("id"));
	}

	@ParameterizedTest
	@MethodSource("lists")
	void listWhenABitOfTheCursorIsFlippedThenRefusedByName(Endpoint list) {
		String cursor = this.tenant.values(list).get("cursor");
		assertThat(this.tenant.send(list(list, "cursor", cursor)).statusCode()).isEqualTo(200);
		for (String forged : forged(cursor)) {
			HttpResponse<String> answer = this.tenant.send(list(list, "cursor", forged));
			assertThat(answer.statusCode()).as(forged + " for " + cursor).isEqualTo(400);
			assertThat(json(answer).at("/error/param").asString()).isEqualTo("cursor");
		}
	}

	/**
	 * Each bit that leaves a character which a URL may hold; and a cut and a longer one.
	 */
	private static Set<String> forged(String cursor) {
		Set<String> forged = new LinkedHashSet<>();
		for (int i = 0; i < cursor.length(); i++) {
			for (int bit = 0; bit < 7; bit++) {
				char flipped = (char) (cursor.charAt(i) ^ (1 << bit));
				if (Character.isLetterOrDigit(flipped) || flipped == '-' || flipped == '_') {
					forged.add(cursor.substring(0, i) + flipped + cursor.substring(i + 1));
				}
			}
			forged.add(cursor.substring(0, i));
		}
		forged.addAll(
				List.of(cursor + "A", cursor + "=", cursor + cursor, "A" + cursor, cursor.toLowerCase(Locale.ROOT)));
		forged.remove(cursor);
		return forged;
	}

	private Call list(Endpoint list, String parameter, String value) {
		Field field = find(list, parameter);
		assertThat(field).isNotNull();
		return Call.good(list, this.tenant.values(list)).with(field, field.encode(value));
	}

	/** The endpoint with some of its parameters, which are all sent. */
	private static Endpoint only(Endpoint list, Set<String> parameters) {
		List<Field> fields = parameters.stream()
			.map((parameter) -> new Field(Field.Place.QUERY, parameter, true))
			.toList();
		return new Endpoint(list.takes(), list.method(), list.path(), list.status(), fields);
	}

	private static @Nullable Field find(Endpoint endpoint, String parameter) {
		return endpoint.fields()
			.stream()
			.filter((field) -> field.place() == Field.Place.QUERY && field.name().equals(parameter))
			.findFirst()
			.orElse(null);
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
