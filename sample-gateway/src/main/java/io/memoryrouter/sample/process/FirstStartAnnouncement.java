package io.memoryrouter.sample.process;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.FirstStart;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.MemoryKeyManager.KeyRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Prints what a new installation has to tell, on standard output and not in the log: it
 * holds secrets. It is told before the gateway says that it is ready, and it counts as
 * told only after it was printed.
 */
@Component
final class FirstStartAnnouncement implements ApplicationRunner {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/** The account that the administrator's token administers. */
	private static final String ACCOUNT = "default";

	private final ObjectProvider<FirstStart> firstStart;

	private final ObjectProvider<MemoryKeyManager> keys;

	private final Environment environment;

	FirstStartAnnouncement(ObjectProvider<FirstStart> firstStart, ObjectProvider<MemoryKeyManager> keys,
			Environment environment) {
		this.firstStart = firstStart;
		this.keys = keys;
		this.environment = environment;
	}

	@Override
	public void run(ApplicationArguments args) {
		this.firstStart.ifAvailable((firstStart) -> announce(firstStart, System.out));
	}

	private void announce(FirstStart firstStart, PrintStream target) {
		AdminToken token = firstStart.adminToken();
		if (firstStart.isNewInstallation()) {
			target.print(WelcomeText.newInstallation(address(), token, firstKey()));
		}
		else if (token != null) {
			target.print(WelcomeText.newToken(token));
		}
		target.flush();
		firstStart.acknowledge().block(TIMEOUT);
	}

	private MemoryKey firstKey() {
		KeyRequest request = new KeyRequest(ACCOUNT, "first key", null, List.of(), KeyMode.ON, null);
		return this.keys.getObject().issue(request).blockOptional(TIMEOUT).orElseThrow().key();
	}

	private URI address() {
		return URI.create("http://localhost:" + this.environment.getRequiredProperty("local.server.port"));
	}

}
