package io.memoryrouter.sample.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.sample.SampleGatewayApplication;

/**
 * How to start a gateway: the main class with the class path of the tests, a data folder
 * of its own, and free ports.
 */
public final class GatewayCommand {

	private final Path folder;

	private final Map<String, String> environment = new LinkedHashMap<>();

	private List<String> prefix = List.of();

	private String heap = "256m";

	private List<String> launch = List.of("-cp", classPath(), SampleGatewayApplication.class.getName());

	private GatewayCommand(Path folder) {
		this.folder = folder;
		environment("SERVER_PORT", String.valueOf(freePort()));
		environment("MANAGEMENT_SERVER_PORT", String.valueOf(freePort()));
		environment("MEMORYROUTER_STORE_EMBEDDED_PATH", folder.resolve("data").toString());
	}

	/**
	 * A gateway that keeps its data in a folder.
	 * @param folder holds the data and what the process prints
	 * @return the command
	 */
	public static GatewayCommand in(Path folder) {
		return new GatewayCommand(folder);
	}

	/**
	 * Sets a variable of the environment.
	 * @param name the name
	 * @param value the value
	 * @return this command
	 */
	public GatewayCommand environment(String name, String value) {
		this.environment.put(name, value);
		return this;
	}

	/**
	 * Runs the JVM by another program.
	 * @param prefix the program and its arguments, to which the JVM's are appended
	 * @return this command
	 */
	public GatewayCommand through(List<String> prefix) {
		this.prefix = List.copyOf(prefix);
		return this;
	}

	/**
	 * Bounds the memory of the JVM.
	 * @param size the size of the heap, as {@code -Xmx} takes it; by default {@code 256m}
	 * @return this command
	 */
	public GatewayCommand heap(String size) {
		this.heap = size;
		return this;
	}

	/**
	 * Starts the executable jar instead of the main class.
	 * @param jar the jar
	 * @return this command
	 */
	public GatewayCommand jar(Path jar) {
		this.launch = List.of("-jar", jar.toString());
		return this;
	}

	/**
	 * The value of a variable.
	 * @param name the name
	 * @return the value that was set
	 */
	public String environment(String name) {
		return this.environment.get(name);
	}

	/**
	 * Starts the process and waits until it is ready.
	 * @return the process
	 */
	public GatewayProcess start() {
		GatewayProcess process = launch();
		process.awaitReady();
		return process;
	}

	/**
	 * Starts the process.
	 * @return the process
	 */
	public GatewayProcess launch() {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx" + this.heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(this.launch);
		try {
			Path output = Files.createTempFile(this.folder, "gateway", ".out");
			Path errors = Files.createTempFile(this.folder, "gateway", ".err");
			ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(errors.toFile());
			builder.environment().keySet().removeIf(GatewayCommand::isOurs);
			builder.environment().putAll(this.environment);
			return new GatewayProcess(builder.start(), output, errors, port("SERVER_PORT"),
					port("MANAGEMENT_SERVER_PORT"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int port(String name) {
		return Integer.parseInt(this.environment.get(name));
	}

	private static boolean isOurs(String variable) {
		return variable.startsWith("MEMORYROUTER_") || variable.startsWith("SPRING_")
				|| "OPT_OUT_TRACKING".equals(variable);
	}

	private static String classPath() {
		String surefire = System.getProperty("surefire.test.class.path");
		return (surefire != null) ? surefire.replace(';', File.pathSeparatorChar)
				: System.getProperty("java.class.path");
	}

	/**
	 * A port that nobody listens on at the moment.
	 * @return the port
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
