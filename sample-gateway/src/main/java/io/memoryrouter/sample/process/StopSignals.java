package io.memoryrouter.sample.process;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Makes the process end with exit code 0 when it is asked to stop, by {@code SIGTERM} or
 * from the keyboard: a JVM's own answer is 128 and the number of the signal, which
 * supervisors count as a failure. Shutdown hooks run as usual.
 */
public final class StopSignals {

	private StopSignals() {
	}

	/**
	 * Exits with code 0 on every signal that asks to stop. Where the JVM does not leave
	 * signals to the application, it keeps its own exit code.
	 */
	public static void exitCleanly() {
		try {
			handle("TERM");
			handle("INT");
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			logger().debug("The exit code of a stopped process is the JVM's own", ex);
		}
	}

	/**
	 * The JDK has no other way to see a signal than {@code sun.misc.Signal}, of the
	 * module {@code jdk.unsupported}. It is called by reflection because a runtime image
	 * may leave that module out.
	 */
	private static void handle(String signal) throws ReflectiveOperationException {
		Class<?> signalType = Class.forName("sun.misc.Signal");
		Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
		Object handler = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] { handlerType },
				(proxy, method, args) -> answer(method));
		signalType.getMethod("handle", signalType, handlerType)
			.invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
	}

	private static Object answer(Method method) {
		if ("handle".equals(method.getName())) {
			System.exit(0);
		}
		throw new UnsupportedOperationException(method.getName());
	}

	private static Log logger() {
		return LogFactory.getLog(StopSignals.class);
	}

}
