package io.memoryrouter.usage.tck;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageQuery.Grouping;
import io.memoryrouter.usage.UsageSource;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of a store of usage. {@link #today()} is a day whose counts it keeps.
 */
public abstract class UsageStoreContract {

	protected static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final UsageSource GPT = new UsageSource("acme", "key_1", "openai", "gpt-5.5");

	private static final UsageCounts COUNTS = new UsageCounts(1, 20, 2, 300, 40);

	private UsageStore store;

	/**
	 * Opens the store: the first time in a test without any counts, then with those that
	 * were added before.
	 * @return the store
	 */
	protected abstract UsageStore openStore();

	/**
	 * Ends the store as an orderly end of its process would.
	 */
	protected abstract void closeStore();

	/**
	 * The last day that tests count.
	 * @return the day
	 */
	protected abstract LocalDate today();

	@BeforeEach
	void open() {
		this.store = openStore();
	}

	@AfterEach
	void close() {
		closeStore();
	}

	@Test
	void sumWhenNothingWasAddedThenIsEmpty() {
		for (Grouping grouping : Grouping.values()) {
			assertThat(sums("acme", grouping)).isEmpty();
		}
	}

	@Test
	void addWhenSourceIsKnownThenCountsAreAddedUp() {
		add("r", 1, entry(GPT, 0, COUNTS));
		add("r", 2, entry(GPT, 0, COUNTS));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("key_1", COUNTS.plus(COUNTS)));
	}

	@Test
	void addWhenSeveralRecordersAddThenTheirCountsAreAddedUp() {
		add("r1", 1, entry(GPT, 0, COUNTS));
		add("r2", 1, entry(GPT, 0, COUNTS));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("key_1", COUNTS.plus(COUNTS)));
	}

	@Test
	void addWhenBatchIsSentAgainThenCountsOnce() {
		add("r", 1, entry(GPT, 0, COUNTS));
		add("r", 1, entry(GPT, 0, COUNTS));
		add("r", 2, entry(GPT, 0, COUNTS));
		add("r", 1, entry(GPT, 0, COUNTS));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("key_1", COUNTS.plus(COUNTS)));
	}

	@Test
	void addWhenBatchIsSentAgainAfterARestartThenCountsOnce() {
		add("r", 1, entry(GPT, 0, COUNTS));
		closeStore();
		this.store = openStore();
		add("r", 1, entry(GPT, 0, COUNTS));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("key_1", COUNTS));
	}

	@Test
	void addWhenManyAddAtOnceThenNothingIsLost() {
		Flux.range(0, 40)
			.flatMap((i) -> this.store.add(batch("r" + i, 1, entry(GPT, 0, COUNTS))), 40)
			.then()
			.block(TIMEOUT);
		assertThat(sums("acme", Grouping.KEY)).singleElement()
			.satisfies((sum) -> assertThat(sum.counts().tokensIn()).isEqualTo(40 * 300));
	}

	@Test
	void addWhenBatchIsLargeThenAllOfItCounts() {
		List<UsageBatch.Entry> entries = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			entries.add(entry(new UsageSource("acme", "key_" + i, "openai", "gpt-5.5"), 0, COUNTS));
		}
		this.store.add(new UsageBatch("r", 1, entries)).block(TIMEOUT);
		assertThat(sums("acme", Grouping.MODEL)).singleElement()
			.satisfies((sum) -> assertThat(sum.counts().requests()).isEqualTo(500));
	}

	@Test
	void sumWhenAccountIsAnotherThenItsCountsStayUnseen() {
		add("r", 1, entry(GPT, 0, COUNTS),
				entry(new UsageSource("other", "key_1", "openai", "gpt-5.5"), 0, UsageCounts.ofRequest(1)));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("key_1", COUNTS));
		assertThat(sums("other", Grouping.KEY)).containsExactly(byKey("key_1", UsageCounts.ofRequest(1)));
		assertThat(sums("nobody", Grouping.KEY)).isEmpty();
	}

	@Test
	void sumWhenByKeyThenTheOneWithMostRequestsIsFirst() {
		add("r", 1, entry(GPT, 0, UsageCounts.ofRequest(0)), entry(source("key_3", null, null), 0, requests(5)),
				entry(source("key_2", "groq", "llama"), 0, UsageCounts.ofRequest(0)));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("key_3", requests(5)), byKey("key_1", requests(1)),
				byKey("key_2", requests(1)));
	}

	@Test
	void sumWhenByProviderThenWhatWentToNoneIsASumOfItsOwn() {
		add("r", 1, entry(GPT, 0, requests(2)), entry(source("key_2", "openai", "gpt-5"), 0, requests(2)),
				entry(source("key_1", null, null), 0, requests(1)));
		assertThat(sums("acme", Grouping.PROVIDER)).containsExactly(
				new UsageSum(null, "openai", null, null, requests(4)),
				new UsageSum(null, null, null, null, requests(1)));
	}

	@Test
	void sumWhenByModelThenTheSameNameAtAnotherProviderIsAnother() {
		add("r", 1, entry(source("key_1", "groq", "llama"), 0, requests(3)),
				entry(source("key_1", "together", "llama"), 0, requests(2)),
				entry(source("key_2", "groq", "llama"), 0, requests(1)),
				entry(source("key_1", "groq", null), 0, requests(1)));
		assertThat(sums("acme", Grouping.MODEL)).containsExactly(new UsageSum(null, "groq", "llama", null, requests(4)),
				new UsageSum(null, "together", "llama", null, requests(2)),
				new UsageSum(null, "groq", null, null, requests(1)));
	}

	@Test
	void sumWhenByDayThenDaysAreInTheirOrder() {
		add("r", 1, entry(GPT, 0, requests(1)), entry(GPT, 2, requests(3)), entry(GPT, 1, requests(2)));
		assertThat(sums("acme", Grouping.DAY)).containsExactly(byDay(2, requests(3)), byDay(1, requests(2)),
				byDay(0, requests(1)));
	}

	@Test
	void sumWhenDaysAreNamedThenBothEndsCount() {
		for (int daysAgo = 0; daysAgo < 5; daysAgo++) {
			add("r", daysAgo + 1, entry(GPT, daysAgo, requests(1)));
		}
		assertThat(sum(new UsageQuery("acme", today().minusDays(3), today().minusDays(1), Grouping.DAY, 100)))
			.containsExactly(byDay(3, requests(1)), byDay(2, requests(1)), byDay(1, requests(1)));
		assertThat(sum(new UsageQuery("acme", today().minusDays(3), today().minusDays(3), Grouping.KEY, 100)))
			.containsExactly(byKey("key_1", requests(1)));
	}

	@Test
	void sumWhenThereAreMoreThanTheLimitThenTheFirstAreListed() {
		for (int i = 0; i < 5; i++) {
			add("r", i + 1, entry(source("key_" + i, null, null), 0, requests(i + 1)));
		}
		assertThat(sum(new UsageQuery("acme", today(), today(), Grouping.KEY, 2)))
			.containsExactly(byKey("key_4", requests(5)), byKey("key_3", requests(4)));
	}

	@Test
	void sumWhenStoreWasReopenedThenNothingIsLost() {
		add("r", 1, entry(GPT, 0, COUNTS));
		closeStore();
		this.store = openStore();
		assertThat(sums("acme", Grouping.MODEL)).containsExactly(new UsageSum(null, "openai", "gpt-5.5", null, COUNTS));
	}

	@Test
	void addWhenNamesAreHostileThenTheyAreKeptAsTheyAre() {
		List<String> names = List.of("a'; DROP TABLE usage; --", "%_*?[a]", "{}:|\\\"", "☃ \uD83D\uDE00", " ", "gpt ",
				"GPT");
		int number = 0;
		for (String name : names) {
			add("r", ++number, entry(new UsageSource("acme " + name, name, name, name), 0, COUNTS));
		}
		for (String name : names) {
			assertThat(sums("acme " + name, Grouping.KEY)).containsExactly(byKey(name, COUNTS));
			assertThat(sums("acme " + name, Grouping.MODEL))
				.containsExactly(new UsageSum(null, name, name, null, COUNTS));
		}
	}

	@Test
	void addWhenNamesJoinToTheSameThenTheyStayApart() {
		add("r", 1, entry(source("a", "b:c", "d"), 0, requests(2)), entry(source("a:b", "c", "d"), 0, requests(1)),
				entry(source("a", "b", "c:d"), 0, requests(4)));
		assertThat(sums("acme", Grouping.KEY)).containsExactly(byKey("a", requests(6)), byKey("a:b", requests(1)));
		assertThat(sums("acme", Grouping.MODEL)).hasSize(3);
	}

	protected final void add(String recorder, long number, UsageBatch.Entry... entries) {
		this.store.add(batch(recorder, number, entries)).block(TIMEOUT);
	}

	private static UsageBatch batch(String recorder, long number, UsageBatch.Entry... entries) {
		return new UsageBatch(recorder, number, List.of(entries));
	}

	protected final UsageBatch.Entry entry(UsageSource source, int daysAgo, UsageCounts counts) {
		return new UsageBatch.Entry(source, today().minusDays(daysAgo), counts);
	}

	protected static UsageSource source(String key, String provider, String model) {
		return new UsageSource("acme", key, provider, model);
	}

	protected static UsageCounts requests(long number) {
		return new UsageCounts(number, 0, 0, 0, 0);
	}

	private static UsageSum byKey(String key, UsageCounts counts) {
		return new UsageSum(key, null, null, null, counts);
	}

	private UsageSum byDay(int daysAgo, UsageCounts counts) {
		return new UsageSum(null, null, null, today().minusDays(daysAgo), counts);
	}

	private List<UsageSum> sums(String account, Grouping grouping) {
		return sum(new UsageQuery(account, today().minusDays(300), today(), grouping, 1_000));
	}

	protected final List<UsageSum> sum(UsageQuery query) {
		return this.store.sum(query).collectList().block(TIMEOUT);
	}

}
