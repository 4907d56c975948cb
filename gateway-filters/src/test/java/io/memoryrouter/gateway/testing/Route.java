package io.memoryrouter.gateway.testing;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A route of a gateway under test. Unless it says where it leads, its filters have to
 * know.
 */
public final class Route {

	private final String predicate;

	private final List<List<String>> filters = new ArrayList<>();

	private @Nullable String id;

	private String uri = "no://op";

	private Route(String predicate) {
		this.predicate = predicate;
	}

	/**
	 * A route for the requests of a predicate.
	 * @param predicate as in a configuration, {@code Path=/v1/**} for instance
	 */
	public static Route when(String predicate) {
		return new Route(predicate);
	}

	/** Names the route; otherwise its number does. */
	public Route as(String id) {
		this.id = id;
		return this;
	}

	public Route to(String uri) {
		this.uri = uri;
		return this;
	}

	/**
	 * Adds a filter.
	 * @param filter its name, with its shortcut if it has no other arguments
	 * @param arguments its named arguments, {@code name=value} each
	 */
	public Route filter(String filter, String... arguments) {
		List<String> lines = new ArrayList<>();
		String own = "filters[" + this.filters.size() + "]";
		lines.add((arguments.length > 0) ? own + ".name=" + filter : own + "=" + filter);
		for (String argument : arguments) {
			lines.add(own + ".args." + argument);
		}
		this.filters.add(lines);
		return this;
	}

	/** Its properties, if it is one of several. */
	List<String> properties(int index) {
		List<String> lines = new ArrayList<>(List.of("id=" + ((this.id != null) ? this.id : "route-" + index),
				"uri=" + this.uri, "predicates[0]=" + this.predicate));
		this.filters.forEach(lines::addAll);
		return lines.stream()
			.map((line) -> "spring.cloud.gateway.server.webflux.routes[" + index + "]." + line)
			.toList();
	}

}
