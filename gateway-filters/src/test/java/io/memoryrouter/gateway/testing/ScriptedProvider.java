package io.memoryrouter.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider that writes its answers byte by byte as a test tells it to: it can split
 * them anywhere, break off, or say nothing. One request a connection.
 */
public final class ScriptedProvider implements TestProvider {

	public final List<Received> received = new CopyOnWriteArrayList<>();

	private final ServerSocket server;

	private volatile Script script = ScriptedProvider::answerNothing;

	private ScriptedProvider(ServerSocket server) {
		this.server = server;
	}

	public static ScriptedProvider start() {
		ScriptedProvider provider = new ScriptedProvider(listen());
		Thread acceptor = new Thread(provider::accept, "scripted-provider");
		acceptor.setDaemon(true);
		acceptor.start();
		return provider;
	}

	private static ServerSocket listen() {
		try {
			return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void answerNothing(Connection connection) throws IOException {
		connection.json("{}");
	}

	@Override
	public String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	public void answer(Script script) {
		this.received.clear();
		this.script = script;
	}

	@Override
	public void reset() {
		answer(ScriptedProvider::answerNothing);
	}

	/** The one request that it has received. */
	public Received onlyRequest() {
		assertThat(this.received).hasSize(1);
		return this.received.get(0);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				Thread thread = new Thread(() -> serve(socket), "scripted-provider-connection");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			Connection connection = new Connection(socket);
			this.received.add(connection.readRequest());
			this.script.run(connection);
		}
		catch (IOException ex) {
			// The gateway hung up: that is what some tests are about.
		}
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

	/** What to do with one request. */
	@FunctionalInterface
	public interface Script {

		void run(Connection connection) throws IOException;

	}

	/**
	 * A request that came. Header names are in lower case; the lines have all headers,
	 * repeated ones too, as they came.
	 */
	public record Received(String line, List<String> headerLines, Map<String, String> headers, byte[] body) {

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

	/** A connection from the gateway. */
	public static final class Connection {

		private final Socket socket;

		private final InputStream in;

		private final OutputStream out;

		Connection(Socket socket) throws IOException {
			this.socket = socket;
			this.socket.setTcpNoDelay(true);
			this.in = socket.getInputStream();
			this.out = socket.getOutputStream();
		}

		Received readRequest() throws IOException {
			String line = readLine();
			List<String> lines = new ArrayList<>();
			Map<String, String> headers = new TreeMap<>();
			for (String header = readLine(); !header.isEmpty(); header = readLine()) {
				lines.add(header);
				int colon = header.indexOf(':');
				headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
			}
			return new Received(line, lines, headers, readBody(headers));
		}

		private byte[] readBody(Map<String, String> headers) throws IOException {
			if (!"chunked".equals(headers.get("transfer-encoding"))) {
				return this.in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
			}
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = readSize(); size > 0; size = readSize()) {
				body.write(this.in.readNBytes(size));
				readLine();
			}
			readLine();
			return body.toByteArray();
		}

		private int readSize() throws IOException {
			return Integer.parseInt(readLine(), 16);
		}

		private String readLine() throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int b = this.in.read(); b != '\n'; b = this.in.read()) {
				if (b < 0) {
					throw new EOFException();
				}
				if (b != '\r') {
					line.write(b);
				}
			}
			return line.toString(StandardCharsets.ISO_8859_1);
		}

		/** Answers with a whole JSON document. */
		public void json(String body) throws IOException {
			respond("200 OK", "application/json", body);
		}

		/** Answers with a whole body. */
		public void respond(String status, String type, String body) throws IOException {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			write("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
					+ "\r\nConnection: close\r\n\r\n");
			write(bytes);
		}

		/** Sends the head of a chunked answer. */
		public void head(String type, String... headers) throws IOException {
			List<String> lines = new ArrayList<>(List.of("HTTP/1.1 200 OK", "Content-Type: " + type,
					"Transfer-Encoding: chunked", "Connection: close"));
			lines.addAll(List.of(headers));
			write(String.join("\r\n", lines) + "\r\n\r\n");
		}

		/** Sends one chunk. */
		public void chunk(byte[] bytes) throws IOException {
			write(Integer.toHexString(bytes.length) + "\r\n");
			write(bytes);
			write("\r\n");
		}

		public void chunk(String text) throws IOException {
			chunk(text.getBytes(StandardCharsets.UTF_8));
		}

		/** Ends a chunked answer. */
		public void end() throws IOException {
			write("0\r\n\r\n");
		}

		/** Breaks the connection. */
		public void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		/** Waits until the gateway hangs up. */
		public void awaitHangUp() throws IOException {
			while (this.in.read() >= 0) {
				continue;
			}
		}

		public void write(String text) throws IOException {
			write(text.getBytes(StandardCharsets.UTF_8));
		}

		public void write(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

	}

}
