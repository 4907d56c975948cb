package io.memoryrouter.gateway.admin.usage;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.admin.AdminScope;
import io.memoryrouter.gateway.admin.AdministratorFilter;
import io.memoryrouter.gateway.admin.Administrators;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageQuery.Grouping;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /v1/usage}: what the keys of an administrator's account have used.
 * <ol>
 * <li>What this process has counted and not written yet is written first, so that a
 * request which was answered is in the sums. If that fails, the answer goes without.</li>
 * <li>The store sums, over all processes.</li>
 * <li>Keys are shown by their id and the name they have now, those that are gone by their
 * id alone.</li>
 * </ol>
 */
public final class UsageAdministration {

	static final int MAX_SUMS = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(UsageAdministration.class);

	private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int LOOKUPS_AT_ONCE = 8;

	private final UsageStore store;

	private final @Nullable UsageRecorder recorder;

	private final MemoryKeyManager keys;

	private final AdministratorFilter administrators;

	private final Clock clock;

	/**
	 * Makes the administration.
	 * @param store has the counts
	 * @param recorder counts in this process, or {@code null} if it does not count
	 * @param keys knows the keys' names
	 * @param administrators know who administers
	 * @param clock tells the day
	 */
	public UsageAdministration(UsageStore store, @Nullable UsageRecorder recorder, MemoryKeyManager keys,
			Administrators administrators, Clock clock) {
		this.store = store;
		this.recorder = recorder;
		this.keys = keys;
		this.administrators = new AdministratorFilter(administrators, AdminScope.ADMIN);
		this.clock = clock;
	}

	/**
	 * The endpoint.
	 * @return the route
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().GET("/v1/usage", this::usage).filter(this.administrators).build();
	}

	private Mono<ServerResponse> usage(ServerRequest request) {
		// One more than are shown tells whether there are more.
		UsageQuery query = UsageParameters.read(request, AdministratorFilter.accountOf(request), MAX_SUMS + 1,
				this.clock);
		return flush().then(Mono.defer(() -> this.store.sum(query).collectList()))
			.timeout(TIMEOUT)
			.onErrorMap(UsageAdministration::unavailable)
			.flatMap((sums) -> json(query, sums))
			.flatMap((json) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.header(HttpHeaders.CACHE_CONTROL, "no-store")
				.bodyValue(json));
	}

	private Mono<Void> flush() {
		return (this.recorder == null) ? Mono.empty()
				: this.recorder.flush().timeout(FLUSH_TIMEOUT).onErrorResume((ex) -> {
					logger.debug("Usage is shown without what this process counted lately", ex);
					return Mono.empty();
				});
	}

	private Mono<Map<String, Object>> json(UsageQuery query, List<UsageSum> sums) {
		return Flux.fromIterable(sums)
			.take(MAX_SUMS)
			.flatMapSequential((sum) -> json(query, sum), LOOKUPS_AT_ONCE)
			.collectList()
			.map((data) -> {
				Map<String, Object> json = new LinkedHashMap<>();
				json.put("data", data);
				json.put("truncated", sums.size() > MAX_SUMS);
				return json;
			});
	}

	private Mono<Map<String, @Nullable Object>> json(UsageQuery query, UsageSum sum) {
		if (query.grouping() != Grouping.KEY || sum.key() == null) {
			return Mono.just(UsageJson.of(query.grouping(), sum, null));
		}
		return this.keys.find(query.account(), sum.key())
			.map(KeyRecord::name)
			.map((name) -> UsageJson.of(query.grouping(), sum, name))
			.defaultIfEmpty(UsageJson.of(query.grouping(), sum, null));
	}

	private static ApiException unavailable(Throwable ex) {
		logger.warn("Usage could not be summed: {}", MemoryStoreException.describe(ex));
		return ApiException.unavailable("usage_unavailable", "Usage cannot be reached at the moment. Try again", ex);
	}

}
