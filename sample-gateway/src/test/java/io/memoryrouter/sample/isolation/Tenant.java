package io.memoryrouter.sample.isolation;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.IdentityProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An account with an administrator, a vault, and one of everything in it.
 */
final class Tenant {

	private final GatewayProcess gateway;

	private final IdentityProvider identityProvider;

	private final String account;

	private final String provider;

	/** In all of its texts, and nowhere else. */
	private final String canary;

	private final String memoryKey;

	/** Its things by the variable of the path, or else the field, that they fit. */
	private final Map<String, String> identifiers = new HashMap<>();

	private int made;

	/**
	 * Makes an account.
	 * @param gateway the gateway
	 * @param identityProvider issues its administrator's tokens
	 * @param account its name
	 * @param provider the provider that it stores a key of
	 */
	Tenant(GatewayProcess gateway, IdentityProvider identityProvider, String account, String provider) {
		this.gateway = gateway;
		this.identityProvider = identityProvider;
		this.account = account;
		this.provider = provider;
		this.canary = "canary-of-" + account;
		JsonNode key = newKey();
		this.memoryKey = key.path("key").asString();
		this.identifiers.put("key_id", key.path("id").asString());
		this.identifiers.put("vault", key.path("vault").asString());
		this.identifiers.put("session", "session-of-" + account);
		this.identifiers.put("idempotency", "idempotency-of-" + account);
		this.identifiers.put("provider", provider);
		newKey();
		newMemory();
		newMemory();
		newReceipt();
		newProviderKey();
		this.identifiers.put("cursor", cursor("memory", "/v1/memory/memories?limit=1"));
		this.identifiers.put("keyCursor", cursor("keys", "/v1/keys?limit=1"));
	}

	String canary() {
		return this.canary;
	}

	String memoryKey() {
		return this.memoryKey;
	}

	Map<String, String> identifiers() {
		return Map.copyOf(this.identifiers);
	}

	/**
	 * A good value for each field of the table.
	 * @param endpoint the endpoint that they are for
	 * @return values as texts, those of bodies as JSON
	 */
	Map<String, String> values(Endpoint endpoint) {
		Map<String, String> values = new HashMap<>(GoodValues.ALL);
		values.putAll(this.identifiers);
		values.put("cursor", this.identifiers.get(endpoint.isAdministration() ? "keyCursor" : "cursor"));
		for (String session : List.of("X-Session-ID", "session_id")) {
			values.put(session, this.identifiers.get("session"));
		}
		values.put("/session_id", '"' + this.identifiers.get("session") + '"');
		values.put("/vault", '"' + this.identifiers.get("vault") + '"');
		values.put("/read_vaults", "[\"" + this.identifiers.get("vault") + "\"]");
		values.put("/read_vaults/0", '"' + this.identifiers.get("vault") + '"');
		values.put("Idempotency-Key", "key-" + this.made++);
		return values;
	}

	/**
	 * Makes anew what an endpoint changes, since a call may have deleted it.
	 * @param endpoint the endpoint
	 */
	void renew(Endpoint endpoint) {
		if (endpoint.method().equals("GET")) {
			return;
		}
		if (endpoint.path().contains("{memory_id}")) {
			newMemory();
		}
		if (endpoint.path().contains("{receipt_id}")) {
			newReceipt();
		}
		if (endpoint.path().contains("{key_id}")) {
			this.identifiers.put("key_id", newKey().path("id").asString());
		}
		if (endpoint.path().contains("{provider}")) {
			dropProviderKeys();
			newProviderKey();
		}
	}

	private JsonNode newKey() {
		return json(send("keys", "POST", "/v1/keys", "{\"name\":\"" + this.canary + "\"}"), 201);
	}

	private void newMemory() {
		HttpRequest.Builder request = request("POST", "/v1/memory/ingest", """
				{"messages": [{"role": "user", "content": "My dog is called Rex %d, says %s."},
				{"role": "assistant", "content": "Noted, %s."}], "session_id": "%s"}""".formatted(this.made++,
				this.canary, this.canary, this.identifiers.get("session")));
		if (!this.identifiers.containsKey("memory_id")) {
			request.header("Idempotency-Key", this.identifiers.get("idempotency"));
		}
		JsonNode answer = json(send(Endpoint.MEMORY, request), 202);
		this.identifiers.put("memory_id", answer.at("/ids/0").asString());
	}

	private void newReceipt() {
		HttpRequest.Builder request = request("POST", "/v1/memory/prepare",
				"{\"messages\":[{\"role\":\"user\",\"content\":\"What says " + this.canary + " of Rex?\"}]}");
		JsonNode answer = json(send(Endpoint.MEMORY, request.header("X-Memory-Debug", "true")), 200);
		assertThat(answer.path("context").asString()).contains(this.canary);
		this.identifiers.put("receipt_id", answer.path("receipt").asString());
	}

	private void newProviderKey() {
		json(send("providers", "PUT", "/v1/provider-keys/" + this.provider,
				"{\"key\":\"sk-0123456789-" + this.canary + "-" + keyEnding() + "\"}"), 200);
	}

	/** Like the end of nothing else that is sent. */
	private String keyEnding() {
		return this.account.substring(this.account.length() - 4).toUpperCase(Locale.ROOT);
	}

	private void dropProviderKeys() {
		for (JsonNode key : json(send("providers", "GET", "/v1/provider-keys", ""), 200).path("provider_keys")) {
			send("providers", "DELETE", "/v1/provider-keys/" + key.path("provider").asString(), "");
		}
	}

	private String cursor(String takes, String path) {
		return json(send(takes, "GET", path, ""), 200).path("next_cursor").asString();
	}

	/**
	 * All that others could have changed.
	 * @return its memories, receipt, keys and provider keys
	 */
	String snapshot() {
		StringBuilder snapshot = new StringBuilder();
		for (String path : List.of("/v1/memory/memories?limit=1000",
				"/v1/memory/receipts/" + this.identifiers.get("receipt_id"))) {
			snapshot.append(json(send(Endpoint.MEMORY, "GET", path, ""), 200)).append('\n');
		}
		for (String path : List.of("/v1/keys?limit=1000", "/v1/provider-keys")) {
			snapshot.append(json(send("admin", "GET", path, ""), 200)).append('\n');
		}
		return snapshot.toString();
	}

	/**
	 * Whether an answer to another tells what is its own: its texts, or the end of its
	 * provider key.
	 * @param answer the answer
	 * @return whether
	 */
	boolean isToldBy(String answer) {
		return answer.contains(this.canary) || answer.contains('"' + keyEnding() + '"');
	}

	/**
	 * Whether an answer to a request that did not name them names its things.
	 * @param answer the answer
	 * @return whether
	 */
	boolean isNamedBy(String answer) {
		return Stream.of("key_id", "vault", "memory_id", "receipt_id")
			.map(this.identifiers::get)
			.anyMatch(answer::contains);
	}

	/**
	 * Makes a call with what the endpoint takes.
	 * @param call the call
	 * @return the answer
	 */
	HttpResponse<String> send(Call call) {
		return send(call.endpoint().takes(), call.toRequest(this.gateway.uri("")));
	}

	private HttpResponse<String> send(String takes, String method, String path, String body) {
		return send(takes, request(method, path, body));
	}

	private HttpResponse<String> send(String takes, HttpRequest.Builder request) {
		switch (takes) {
			case Endpoint.MEMORY -> request.header("X-Memory-Key", this.memoryKey);
			case Endpoint.OPEN -> {
			}
			default -> request.header("Authorization", "Bearer " + token(takes));
		}
		return this.gateway.send(request.build());
	}

	/**
	 * A token of an administrator.
	 * @param scope the scope, without {@code memory:}
	 * @return the token
	 */
	String token(String scope) {
		return this.identityProvider.token(this.account, "memory:" + scope);
	}

	private HttpRequest.Builder request(String method, String path, String body) {
		return HttpRequest.newBuilder(this.gateway.uri(path))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body));
	}

	private static JsonNode json(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body());
	}

}
