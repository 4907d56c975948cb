package io.memoryrouter.memory.embedded.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The connection as work sees it: it cannot end the transaction that it runs in, and a
 * statement that it closes is kept prepared for the next time (parsing and planning cost
 * more than most of our statements do). Used by one thread at a time.
 */
final class GuardedConnection implements InvocationHandler {

	private static final int MAX_PREPARED = 64;

	private static final Set<String> RESERVED = Set.of("abort", "close", "commit", "releaseSavepoint", "rollback",
			"setAutoCommit", "setSavepoint");

	private final Connection target;

	/** Least recently used first. */
	private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();

	private GuardedConnection(Connection target) {
		this.target = target;
	}

	static Connection guard(Connection target) {
		return proxy(Connection.class, new GuardedConnection(target));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (RESERVED.contains(method.getName())) {
			throw new SQLException(method.getName() + " is not for work that shares a connection");
		}
		if (method.getName().equals("prepareStatement") && arguments != null && arguments.length == 1) {
			return prepare((String) arguments[0]);
		}
		return call(this.target, method, arguments);
	}

	private PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement idle = this.prepared.remove(sql);
		PreparedStatement statement = (idle != null) ? idle : this.target.prepareStatement(sql);
		return proxy(PreparedStatement.class, new KeptStatement(sql, statement));
	}

	private void keep(String sql, PreparedStatement statement) throws SQLException {
		PreparedStatement other = this.prepared.put(sql, statement);
		if (other != null) {
			other.close();
		}
		if (this.prepared.size() > MAX_PREPARED) {
			Iterator<PreparedStatement> oldest = this.prepared.values().iterator();
			PreparedStatement dropped = oldest.next();
			oldest.remove();
			dropped.close();
		}
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/** A statement whose end is a return to the shelf. */
	private final class KeptStatement implements InvocationHandler {

		private final String sql;

		private final PreparedStatement statement;

		private @Nullable ResultSet results;

		private boolean closed;

		KeptStatement(String sql, PreparedStatement statement) {
			this.sql = sql;
			this.statement = statement;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			if (method.getName().equals("close")) {
				close();
				return null;
			}
			if (this.closed) {
				throw new SQLException("The statement is closed");
			}
			Object result = call(this.statement, method, arguments);
			if (result instanceof ResultSet opened) {
				this.results = opened;
			}
			return result;
		}

		private void close() throws SQLException {
			if (this.closed) {
				return;
			}
			this.closed = true;
			if (this.results != null) {
				// An open result would keep its view of the database open.
				this.results.close();
			}
			this.statement.clearParameters();
			keep(this.sql, this.statement);
		}

	}

}
