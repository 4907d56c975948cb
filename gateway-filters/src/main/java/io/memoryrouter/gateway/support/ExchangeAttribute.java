package io.memoryrouter.gateway.support;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * A typed attribute of an exchange.
 *
 * @param <T> the type of its value
 */
public final class ExchangeAttribute<T> {

	private final String name;

	private final Class<T> type;

	private ExchangeAttribute(String name, Class<T> type) {
		this.name = name;
		this.type = type;
	}

	/**
	 * The attribute for values of a type, named after it.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the attribute
	 */
	public static <T> ExchangeAttribute<T> of(Class<T> type) {
		return new ExchangeAttribute<>(type.getName(), type);
	}

	/**
	 * Reads the attribute.
	 * @param exchange the exchange
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable T get(ServerWebExchange exchange) {
		Object value = exchange.getAttributes().get(this.name);
		return (value != null) ? this.type.cast(value) : null;
	}

	/**
	 * Sets the attribute, also for every exchange that this one was mutated from or into.
	 * @param exchange the exchange
	 * @param value the value
	 */
	public void set(ServerWebExchange exchange, T value) {
		exchange.getAttributes().put(this.name, value);
	}

	/**
	 * Removes the attribute.
	 * @param exchange the exchange
	 */
	public void remove(ServerWebExchange exchange) {
		exchange.getAttributes().remove(this.name);
	}

}
