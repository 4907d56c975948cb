package io.memoryrouter.memory.retrieval;

import java.util.Arrays;
import java.util.List;

import org.apache.lucene.analysis.CharArraySet;

/**
 * The English words that every question has, whatever it is about. Without them a
 * question matches the turns about its subject, not the turns that are questions too.
 * "May" is not one of them: it is a month.
 */
final class FunctionWords {

	private static final List<String> LINES = List.of(
			"a an the this that these those there here it its it's itself some any each every all both",
			"i me my mine myself i'm i've i'd i'll we us our ours ourselves we're we've",
			"you your yours yourself you're you've you'd you'll",
			"he him his himself he's she her hers herself she's they them their theirs themselves they're",
			"what what's when when's where where's who who's whom whose which why how how's",
			"am is are was were be been being isn't aren't wasn't weren't",
			"do does did doing done don't doesn't didn't have has had having haven't hasn't hadn't",
			"will would shall should can could might must won't wouldn't can't couldn't shouldn't",
			"and or but if then than so as because while of at by for with about into to from in on off",
			"up down out over under through during after before between against",
			"not no nor only own same too very just also s t d ll m re ve");

	private static final CharArraySet WORDS = CharArraySet.unmodifiableSet(
			new CharArraySet(LINES.stream().flatMap((line) -> Arrays.stream(line.split(" "))).toList(), false));

	private FunctionWords() {
	}

	static boolean contains(char[] buffer, int length) {
		return WORDS.contains(buffer, 0, length);
	}

}
