package io.memoryrouter.sample.process;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabaseException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StartFailureReporterTests {

	private static final String BEGINNING = "memoryrouter cannot start: ";

	@Test
	void reportWhenPortIsTakenThenNamesItsSetting() {
		assertThat(report(new PortInUseException(9101))).startsWith(BEGINNING + "port 9101 is in use.")
			.endsWith("with SERVER_PORT.");
		assertThat(report(new PortInUseException(8081))).endsWith("with MANAGEMENT_SERVER_PORT.");
	}

	@Test
	void reportWhenFailureIsOfTheProductThenQuotesItsMessage() {
		Throwable failure = new BeanCreationException("store", "cannot be made",
				new MemoryStoreException("The folder is in use", new IllegalStateException("hidden")));
		assertThat(report(failure)).isEqualTo(BEGINNING + "The folder is in use");
	}

	@Test
	void reportWhenFailureIsOfTheFolderThenReadsAsSentences() {
		assertThat(report(new EmbeddedDatabaseException("The folder is in use: choose another folder")))
			.isEqualTo(BEGINNING + "The folder is in use: choose another folder. "
					+ "The folder is set by the property memoryrouter.store.embedded.path.");
	}

	@Test
	void reportWhenProductRefusesAValueThenQuotesIt() {
		Throwable failure = new BeanCreationException("selector", "cannot be made",
				new IllegalArgumentException("There is no provider 'nobody'"));
		assertThat(report(failure)).isEqualTo(BEGINNING + "There is no provider 'nobody'");
	}

	@Test
	void reportWhenPropertyIsNoneOfItsValuesThenListsThem() {
		assertThat(report(bindFailure("some.mode", Mode.class, "maybe"))).startsWith(BEGINNING)
			.contains("some.mode")
			.endsWith("it is one of on, off");
	}

	@Test
	void reportWhenSecretIsNotReadableThenDoesNotShowIt() {
		assertThat(report(bindFailure("some.api-key", Integer.class, "sk-hush"))).contains("some.api-key")
			.doesNotContain("sk-hush");
	}

	@Test
	void reportWhenFailureIsUnknownThenNamesItsRootInOneLine() {
		Throwable failure = new IllegalStateException("outside", new IllegalStateException("in\n\tside"));
		assertThat(report(failure)).startsWith(BEGINNING + "IllegalStateException: in side");
	}

	private static String report(Throwable failure) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		try (GenericApplicationContext context = new GenericApplicationContext();
				PrintStream target = new PrintStream(output, true, StandardCharsets.UTF_8)) {
			context.setEnvironment(new MockEnvironment().withProperty("management.server.port", "8081"));
			new StartFailureReporter(context).report(failure, target);
		}
		String report = output.toString(StandardCharsets.UTF_8);
		assertThat(report).containsOnlyOnce(System.lineSeparator()).endsWith(System.lineSeparator());
		return report.strip();
	}

	private static Throwable bindFailure(String name, Class<?> type, String value) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(name, value)));
		return catchThrowableOfType(BindException.class, () -> binder.bind(name, type));
	}

	enum Mode {

		ON, OFF

	}

}
