package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import java.nio.file.Path;

import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.tck.MemoryStoreContract;
import io.memoryrouter.memory.tck.StoreFixture;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a store, on the embedded one.
 */
class EmbeddedMemoryStoreTests extends MemoryStoreContract {

	@TempDir
	private Path folder;

	@Override
	protected StoreFixture createFixture() {
		return new Fixture(this.folder);
	}

	/** A store in a folder. */
	private static final class Fixture implements StoreFixture {

		private final Path folder;

		private EmbeddedDatabase database;

		private EmbeddedMemoryStore store;

		Fixture(Path folder) {
			this.folder = folder;
			this.database = EmbeddedDatabase.open(folder);
			this.store = new EmbeddedMemoryStore(this.database);
		}

		@Override
		public MemoryStore store() {
			return this.store;
		}

		@Override
		public MemoryStore reopen() {
			this.database.close();
			this.database = EmbeddedDatabase.open(this.folder);
			this.store = new EmbeddedMemoryStore(this.database);
			return this.store;
		}

		@Override
		public void close() {
			this.database.close();
		}

	}

}
