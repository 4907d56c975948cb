package io.memoryrouter.memory.tck;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * The contract of a memory store, by topic.
 */
public abstract class MemoryStoreContract {

	private StoreFixture fixture;

	/**
	 * Makes an empty store. Called once a test.
	 * @return the store
	 */
	protected abstract StoreFixture createFixture();

	@BeforeEach
	void open() {
		this.fixture = createFixture();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	/** What is stored is there, once. */
	@Nested
	class Appending extends AppendContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** The log. */
	@Nested
	class Changes extends ChangesContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** Pages and filters. */
	@Nested
	class Listing extends ListContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** Vectors. */
	@Nested
	class Embedding extends EmbeddingContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** Changing, deleting, erasing. */
	@Nested
	class Erasing extends ErasureContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** One vault never shows in another. */
	@Nested
	class Isolation extends IsolationContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** Several at once. */
	@Nested
	class Concurrency extends ConcurrencyContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** Text that means something elsewhere. */
	@Nested
	class HostileText extends HostileTextContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

	/** Any sequence of calls, beside a store of a few lines. */
	@Nested
	class Oracle extends OracleContract {

		@Override
		StoreFixture fixture() {
			return MemoryStoreContract.this.fixture;
		}

	}

}
