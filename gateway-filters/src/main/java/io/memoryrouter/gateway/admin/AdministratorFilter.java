package io.memoryrouter.gateway.admin;

import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.ExchangeAttribute;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Lets administrators in to functional endpoints, and answers the errors of these:
 * <ol>
 * <li>Who is no administrator is refused, and the handler is not called.</li>
 * <li>A handler reads with {@link #accountOf(ServerRequest)} whose things it may
 * administer.</li>
 * <li>An {@link ApiException} of the handler becomes an answer in OpenAI's form; that
 * keys cannot be reached becomes a 503.</li>
 * </ol>
 */
final class AdministratorFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final ExchangeAttribute<Administrator> ATTRIBUTE = ExchangeAttribute.of(Administrator.class);

	private final AdminAuthenticator authenticator;

	AdministratorFilter(AdminTokens tokens) {
		this.authenticator = new AdminAuthenticator(tokens);
	}

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		return Mono.fromCallable(() -> this.authenticator.authenticate(request.exchange().getRequest()))
			.doOnNext((account) -> ATTRIBUTE.set(request.exchange(), new Administrator(account)))
			.flatMap((account) -> next.handle(request))
			.onErrorMap(KeyStoreUnavailableException.class, AdministratorFilter::unavailable)
			.onErrorResume(ApiException.class,
					(ex) -> ApiErrors.answer(request.exchange(), ex).then(Mono.<ServerResponse>empty()));
	}

	private static ApiException unavailable(Throwable ex) {
		return ApiException.unavailable("key_store_unavailable",
				"The key store cannot be reached at the moment. Try again", ex);
	}

	/**
	 * Whose things a request may administer.
	 * @param request a request that has passed the filter
	 * @return the account
	 */
	static String accountOf(ServerRequest request) {
		Administrator administrator = ATTRIBUTE.get(request.exchange());
		Assert.state(administrator != null, "The endpoint is not behind an AdministratorFilter");
		return administrator.account();
	}

	/**
	 * Who is administering.
	 *
	 * @param account the account whose things they may administer
	 */
	private record Administrator(String account) {

	}

}
