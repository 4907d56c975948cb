package io.memoryrouter.benchmarks;

import io.memoryrouter.benchmarks.eval.EvalCommand;
import io.memoryrouter.benchmarks.gateway.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the measurements: what recall finds, and what a route costs.
 */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, description = "Measures memoryrouter",
		subcommands = { EvalCommand.class, LoadCommand.class })
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs a command.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(new CommandLine(new Benchmarks()).execute(args));
	}

}
