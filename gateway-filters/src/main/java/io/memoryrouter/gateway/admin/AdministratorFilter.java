package io.memoryrouter.gateway.admin;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.ExchangeAttribute;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Lets administrators in to functional endpoints, and answers the errors of these:
 * <ol>
 * <li>Who is no administrator is refused, and so is one without the scope; the handler is
 * not called.</li>
 * <li>A handler reads with {@link #accountOf(ServerRequest)} whose things it may
 * administer.</li>
 * <li>An {@link ApiException} of the handler becomes an answer in OpenAI's form; that
 * keys cannot be reached becomes a 503.</li>
 * <li>What changes something goes into the {@link AuditLog}, refused or not, waited for
 * or not.</li>
 * </ol>
 */
public final class AdministratorFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final ExchangeAttribute<Administrator> ATTRIBUTE = ExchangeAttribute.of(Administrator.class);

	private final Administrators administrators;

	private final AdminScope scope;

	/**
	 * Makes a filter.
	 * @param administrators know who administers
	 * @param scope what the endpoints need
	 */
	public AdministratorFilter(Administrators administrators, AdminScope scope) {
		this.administrators = administrators;
		this.scope = scope;
	}

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		return this.administrators.authenticate(request.exchange().getRequest())
			.doOnNext((administrator) -> ATTRIBUTE.set(request.exchange(), administrator))
			.flatMap((administrator) -> handle(request, next, administrator))
			.onErrorResume(ApiException.class,
					(ex) -> ApiErrors.answer(request.exchange(), ex).then(Mono.<ServerResponse>empty()));
	}

	private Mono<ServerResponse> handle(ServerRequest request, HandlerFunction<ServerResponse> next,
			Administrator administrator) {
		return Mono.defer(() -> administrator.may(this.scope) ? next.handle(request) : Mono.error(forbidden()))
			.onErrorMap(KeyStoreUnavailableException.class, AdministratorFilter::unavailable)
			.doOnNext((response) -> AuditLog.done(administrator, request, response.statusCode()))
			.doOnError((ex) -> AuditLog.failed(administrator, request, ex))
			.doFinally((signal) -> {
				if (signal == SignalType.CANCEL) {
					AuditLog.cancelled(administrator, request);
				}
			});
	}

	private ApiException forbidden() {
		return new ApiException(new ApiError(HttpStatus.FORBIDDEN, "insufficient_scope",
				"The token needs the scope '" + this.scope.value() + "'", null));
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
	public static String accountOf(ServerRequest request) {
		Administrator administrator = ATTRIBUTE.get(request.exchange());
		Assert.state(administrator != null, "The endpoint is not behind an AdministratorFilter");
		return administrator.account();
	}

}
