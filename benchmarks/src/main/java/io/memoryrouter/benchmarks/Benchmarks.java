package io.memoryrouter.benchmarks;

import io.memoryrouter.benchmarks.eval.EvalCommand;
import io.memoryrouter.benchmarks.gateway.LoadCommand;
import io.memoryrouter.benchmarks.jmh.JmhCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the measurements: what recall finds, and what a route costs.
 */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, description = "Measures memoryrouter",
		subcommands = { EvalCommand.class, LoadCommand.class, JmhCommand.class })
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs a command.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		// JMH's options pass through; the other commands take no arguments and refuse
		// them.
		System.exit(new CommandLine(new Benchmarks()).setUnmatchedOptionsArePositionalParams(true).execute(args));
	}

}
