package io.memoryrouter.gateway.openapi;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The methods and paths of all handlers of an application.
 */
final class HandlerRoutes implements RouterFunctions.Visitor, RequestPredicates.Visitor {

	private final Set<String> routes = new TreeSet<>();

	private Set<HttpMethod> methods = Set.of();

	private @Nullable String path;

	private HandlerRoutes() {
	}

	static Set<String> of(ApplicationContext context) {
		HandlerRoutes visitor = new HandlerRoutes();
		context.getBeansOfType(RouterFunction.class).values().forEach((router) -> router.accept(visitor));
		return visitor.routes;
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
		this.methods = Set.of();
		this.path = null;
		predicate.accept(this);
		this.methods.forEach((method) -> this.routes.add(method + " " + this.path));
	}

	@Override
	public void method(Set<HttpMethod> methods) {
		this.methods = methods;
	}

	@Override
	public void path(String pattern) {
		this.path = pattern;
	}

	@Override
	public void startAnd() {
	}

	@Override
	public void and() {
	}

	@Override
	public void endAnd() {
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		throw unexpected();
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		throw unexpected();
	}

	@Override
	public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
		throw unexpected();
	}

	@Override
	public void unknown(RouterFunction<?> router) {
		throw unexpected();
	}

	@Override
	public void pathExtension(String extension) {
		throw unexpected();
	}

	@Override
	public void header(String name, String value) {
		throw unexpected();
	}

	@Override
	public void queryParam(String name, String value) {
		throw unexpected();
	}

	@Override
	public void version(String version) {
		throw unexpected();
	}

	@Override
	public void startOr() {
		throw unexpected();
	}

	@Override
	public void or() {
		throw unexpected();
	}

	@Override
	public void endOr() {
		throw unexpected();
	}

	@Override
	public void startNegate() {
		throw unexpected();
	}

	@Override
	public void endNegate() {
		throw unexpected();
	}

	@Override
	public void unknown(RequestPredicate predicate) {
		throw unexpected();
	}

	private static IllegalStateException unexpected() {
		return new IllegalStateException("A route that this test does not know how to read");
	}

}
