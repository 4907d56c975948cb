package io.memoryrouter.sample.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a process with a file system of its own over a folder, which nobody else sees and
 * which ends with the process. Linux only, and only where {@code unshare} is allowed.
 */
public final class MountNamespace {

	private MountNamespace() {
	}

	/**
	 * Whether the system allows it.
	 * @return whether
	 */
	public static boolean isAvailable() {
		List<String> command = new ArrayList<>(unshare());
		command.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /tmp"));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The prefix of a command that runs with a small disk over a folder.
	 * @param folder the folder, which exists
	 * @param options of {@code mount}, for instance {@code size=4m}
	 * @param before a shell command to run first, with the folder as {@code $1}
	 * @return the prefix
	 */
	public static List<String> disk(Path folder, String options, String before) {
		List<String> prefix = new ArrayList<>(unshare());
		prefix.addAll(List.of("sh", "-c",
				"mount -t tmpfs -o " + options + " tmpfs \"$1\" && " + before + "; shift; exec \"$@\"", "sh",
				folder.toString()));
		return prefix;
	}

	/**
	 * Where another process sees a path of the namespace.
	 * @param process the process inside
	 * @param path the path inside
	 * @return the path outside
	 */
	public static Path outside(GatewayProcess process, Path path) {
		return Path.of("/proc", String.valueOf(process.pid()), "root").resolve("." + path.toAbsolutePath());
	}

	private static List<String> unshare() {
		return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "--mount")
				: List.of("unshare", "--map-root-user", "--mount");
	}

}
