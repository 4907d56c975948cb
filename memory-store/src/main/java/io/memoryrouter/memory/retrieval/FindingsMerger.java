package io.memoryrouter.memory.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Recall.Outcome;
import io.memoryrouter.memory.Recall.Recalled;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.retrieval.VaultFindings.Finding;

/**
 * Makes one recall of what several vaults found. Scores depend on the vault that they
 * were made in, so the order inside each vault stays, and between the next of each the
 * evidence decides. What two vaults both say is recalled once, and the limits of the
 * query hold for all together.
 */
final class FindingsMerger {

	private final RecallQuery query;

	private final Set<Selection.Saying> sayings = new HashSet<>();

	private final List<Recalled> memories = new ArrayList<>();

	private int tokens;

	private double lastScore = Double.POSITIVE_INFINITY;

	private FindingsMerger(RecallQuery query) {
		this.query = query;
	}

	/**
	 * Merges.
	 * @param vaults what the vaults found; of equals the earlier comes first
	 * @param query the query
	 * @return the recall, without times
	 */
	static Recall merge(List<VaultFindings> vaults, RecallQuery query) {
		FindingsMerger merger = new FindingsMerger(query);
		merger.merge(vaults);
		Outcome outcome = merger.memories.isEmpty() ? outcomeOfNothing(vaults) : Outcome.HIT;
		return new Recall(outcome, merger.memories, merger.tokens, Duration.ZERO, Duration.ZERO);
	}

	private static Outcome outcomeOfNothing(List<VaultFindings> vaults) {
		return vaults.stream().allMatch((vault) -> vault.outcome() == Outcome.EMPTY) ? Outcome.EMPTY
				: Outcome.BELOW_THRESHOLD;
	}

	private void merge(List<VaultFindings> vaults) {
		PriorityQueue<Place> places = new PriorityQueue<>(Place.BEST_FIRST);
		for (int i = 0; i < vaults.size(); i++) {
			add(places, new Place(i, vaults.get(i).findings(), 0));
		}
		while (!places.isEmpty() && this.memories.size() < this.query.limit()) {
			Place best = places.remove();
			take(best.finding());
			add(places, new Place(best.vault, best.findings, best.index + 1));
		}
	}

	private static void add(PriorityQueue<Place> places, Place place) {
		if (place.index < place.findings.size()) {
			places.add(place);
		}
	}

	private void take(Finding finding) {
		Recalled recalled = finding.recalled();
		if (recalled.tokens() <= this.query.maxTokens() - this.tokens && this.sayings.add(finding.saying())) {
			this.lastScore = Math.min(this.lastScore, finding.evidence());
			this.memories.add(new Recalled(recalled.memory(), this.lastScore, recalled.tokens()));
			this.tokens += recalled.tokens();
		}
	}

	/**
	 * Where in the findings of a vault the merging stands.
	 *
	 * @param vault the number of the vault
	 * @param findings its findings
	 * @param index the next of them
	 */
	private record Place(int vault, List<Finding> findings, int index) {

		private static final Comparator<Place> BEST_FIRST = Comparator
			.comparingDouble((Place place) -> place.finding().evidence())
			.reversed()
			.thenComparingInt(Place::vault);

		Finding finding() {
			return this.findings.get(this.index);
		}

	}

}
