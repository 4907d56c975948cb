package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The vectors of a vault, one behind the other by slot, in blocks of {@value #BLOCK}. The
 * first block doubles as it fills, so that a vault of three memories does not pay for a
 * hundred.
 */
final class VectorBlocks {

	private static final int BLOCK = 128;

	private static final int SMALLEST = 8;

	/** How many products are summed up side by side. */
	private static final int LANES = 8;

	private final int dimensions;

	private final List<float[]> blocks = new ArrayList<>();

	private final BitSet present = new BitSet();

	VectorBlocks(int dimensions) {
		this.dimensions = dimensions;
	}

	boolean has(int slot) {
		return this.present.get(slot);
	}

	long bytes() {
		long floats = 0;
		for (float[] block : this.blocks) {
			floats += block.length;
		}
		return floats * Float.BYTES;
	}

	void set(int slot, float[] vector) {
		if (vector.length != this.dimensions) {
			throw new IllegalArgumentException(
					"A vector of " + vector.length + " components where " + this.dimensions + " are expected");
		}
		System.arraycopy(vector, 0, blockFor(slot), slot % BLOCK * this.dimensions, this.dimensions);
		this.present.set(slot);
	}

	void clear(int slot) {
		this.present.clear(slot);
	}

	/**
	 * Multiplies all vectors with one.
	 * @param query the other vector
	 * @param products receives the dot products by slot; those of slots without a vector
	 * are meaningless
	 */
	void multiply(float[] query, float[] products) {
		for (int slot = this.present.nextSetBit(0); slot >= 0; slot = this.present.nextSetBit(slot + 1)) {
			products[slot] = product(query, this.blocks.get(slot / BLOCK), slot % BLOCK * this.dimensions);
		}
	}

	/**
	 * Sums in {@value #LANES} lanes that do not depend on each other. The compiler turns
	 * them into vector instructions; a single sum it must not reorder, and would add one
	 * product at a time. 20,000 vectors of 384 take 2.3 ms, which is what reading them
	 * from memory takes.
	 */
	private static float product(float[] query, float[] block, int start) {
		float s0 = 0;
		float s1 = 0;
		float s2 = 0;
		float s3 = 0;
		float s4 = 0;
		float s5 = 0;
		float s6 = 0;
		float s7 = 0;
		int i = 0;
		for (; i <= query.length - LANES; i += LANES) {
			s0 += query[i] * block[start + i];
			s1 += query[i + 1] * block[start + i + 1];
			s2 += query[i + 2] * block[start + i + 2];
			s3 += query[i + 3] * block[start + i + 3];
			s4 += query[i + 4] * block[start + i + 4];
			s5 += query[i + 5] * block[start + i + 5];
			s6 += query[i + 6] * block[start + i + 6];
			s7 += query[i + 7] * block[start + i + 7];
		}
		for (; i < query.length; i++) {
			s0 += query[i] * block[start + i];
		}
		return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
	}

	private float[] blockFor(int slot) {
		int index = slot / BLOCK;
		while (this.blocks.size() <= index) {
			this.blocks.add(new float[(this.blocks.isEmpty() ? SMALLEST : BLOCK) * this.dimensions]);
		}
		float[] block = this.blocks.get(index);
		int end = (slot % BLOCK + 1) * this.dimensions;
		if (block.length < end) {
			int doubled = Integer.highestOneBit(slot % BLOCK) * 2;
			block = Arrays.copyOf(block, Math.max(end, doubled * this.dimensions));
			this.blocks.set(index, block);
		}
		return block;
	}

}
