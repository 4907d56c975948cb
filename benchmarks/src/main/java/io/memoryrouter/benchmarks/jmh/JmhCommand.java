package io.memoryrouter.benchmarks.jmh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Runs the micro-benchmarks of this package with the options of JMH itself.
 */
@Command(name = "jmh", description = "Runs the micro-benchmarks; takes JMH's own options, -h lists them")
public final class JmhCommand implements Callable<Integer> {

	@Parameters(arity = "0..*", description = "which benchmarks, and JMH's options")
	private List<String> arguments = List.of();

	@Override
	public Integer call() throws IOException {
		Main.main(this.arguments.toArray(String[]::new));
		return 0;
	}

}
