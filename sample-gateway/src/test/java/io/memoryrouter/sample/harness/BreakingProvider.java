package io.memoryrouter.sample.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A provider that begins an answer and breaks off.
 */
public final class BreakingProvider implements AutoCloseable {

	private static final String BEGINNING = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4711"
			+ "\r\n\r\n{\"choices\":[{\"index\":0,\"message\":{\"content\":\"This is";

	private final ServerSocket server;

	/**
	 * Starts the provider.
	 */
	public BreakingProvider() {
		try {
			this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::serve, "breaking-provider");
		thread.setDaemon(true);
		thread.start();
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try (Socket socket = this.server.accept()) {
				awaitBody(socket);
				socket.getOutputStream().write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
				socket.getOutputStream().flush();
			}
			catch (IOException ex) {
				// The gateway hung up, or the test is over.
			}
		}
	}

	private static void awaitBody(Socket socket) throws IOException {
		int read = socket.getInputStream().read();
		for (int depth = 0; read >= 0; read = socket.getInputStream().read()) {
			depth += (read == '{') ? 1 : (read == '}') ? -1 : 0;
			if (read == '}' && depth == 0) {
				return;
			}
		}
	}

	/**
	 * Where it listens.
	 * @return the base URL, with the version segment
	 */
	public String baseUrl() {
		return "http://127.0.0.1:" + this.server.getLocalPort() + "/v1";
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
