package io.memoryrouter.gateway.admin;

import java.util.List;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.MemoryKey;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Lets the administrator in: whoever bears the one token. A Memory Key, which is somebody
 * else's credential, is refused as such.
 */
final class AdminAuthenticator {

	/** The account that the static token administers. */
	static final String ACCOUNT = "default";

	private final AdminTokens tokens;

	AdminAuthenticator(AdminTokens tokens) {
		this.tokens = tokens;
	}

	/**
	 * Checks a request.
	 * @param request the request
	 * @return the account that it may administer
	 * @throws ApiException with 401 if it presents no valid token, with 403 if
	 * administration by token is off
	 */
	String authenticate(ServerHttpRequest request) {
		if (!this.tokens.isEnabled()) {
			throw new ApiException(new ApiError(HttpStatus.FORBIDDEN, "administration_disabled",
					"Administration by token is off. The operator turns it on with memoryrouter.admin.token", null));
		}
		List<String> presented = CredentialPlace.AUTHORIZATION.tokens(request);
		if (presented.size() != 1) {
			throw ApiException.unauthorized("missing_admin_token",
					"Send the administrator's token as 'Authorization: Bearer …'");
		}
		if (!this.tokens.accepts(presented.get(0))) {
			throw refusal(presented.get(0));
		}
		return ACCOUNT;
	}

	private static ApiException refusal(String presented) {
		String message = MemoryKey.isMeantBy(presented)
				? "A Memory Key does not administer. Send the administrator's token"
				: "The token is not the administrator's";
		return ApiException.unauthorized("invalid_admin_token", message);
	}

}
