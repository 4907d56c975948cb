package io.memoryrouter.usage;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which models are counted under their own names. Clients choose these names, so
 * what is kept is bounded: in number, for an account and in all, and in length. Each day
 * begins with none.
 */
final class ModelNames {

	static final int MAX_LENGTH = 128;

	static final int MAX_OF_ACCOUNT = 100;

	private static final int MAX_OF_ALL = 100_000;

	private volatile Day today = new Day(Long.MIN_VALUE);

	/**
	 * Finds a place for a source.
	 * @param source who uses what
	 * @param epochDay the day, counted from 1970
	 * @return the source itself if its model has a place of its own, else that of the
	 * other models
	 */
	UsageSource place(UsageSource source, long epochDay) {
		if (source.model() == null || source.model().equals(UsageSource.OTHER_MODELS)) {
			return source;
		}
		return isName(source.model()) && day(epochDay).admits(source) ? source : source.ofOtherModels();
	}

	/** What holds anything unprintable is no name that an administrator could read. */
	private static boolean isName(String model) {
		return !model.isEmpty() && model.length() <= MAX_LENGTH && model.codePoints().noneMatch(ModelNames::isOdd);
	}

	private static boolean isOdd(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

	private Day day(long epochDay) {
		Day day = this.today;
		if (day.epochDay < epochDay) {
			synchronized (this) {
				if (this.today.epochDay < epochDay) {
					this.today = new Day(epochDay);
				}
				day = this.today;
			}
		}
		return day;
	}

	/** The names of one day. */
	private static final class Day {

		private final long epochDay;

		private final ConcurrentHashMap<String, Set<String>> names = new ConcurrentHashMap<>();

		private int count;

		Day(long epochDay) {
			this.epochDay = epochDay;
		}

		boolean admits(UsageSource source) {
			Set<String> known = this.names.get(source.account());
			String name = name(source);
			return (known != null && known.contains(name)) || admitsAnother(source.account(), name);
		}

		/** A model of the same name at another provider is another model. */
		private static String name(UsageSource source) {
			return source.provider() + "/" + source.model();
		}

		private synchronized boolean admitsAnother(String account, String name) {
			if (this.count >= MAX_OF_ALL) {
				return false;
			}
			Set<String> known = this.names.computeIfAbsent(account, (key) -> ConcurrentHashMap.newKeySet());
			if (known.contains(name)) {
				return true;
			}
			if (known.size() >= MAX_OF_ACCOUNT) {
				return false;
			}
			this.count++;
			return known.add(name);
		}

	}

}
