package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The vectors of a vault, by slot.
 * <p>
 * A block holds up to {@value #BLOCK} vectors, component by component: all first
 * components, then all second ones. So the scan adds "component of the question times a
 * row of the block" to a row of sums. Each sum is then independent of the one beside it,
 * which the compiler turns into vector instructions by itself; the sum of one dot product
 * after the other is a chain of additions that it must not reorder. The block of a small
 * vault is narrower and doubles as it fills, so that a vault of three memories does not
 * pay for a hundred.
 */
final class VectorBlocks {

	private static final int BLOCK = 128;

	private static final int SMALLEST = 8;

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
		float[] block = blockFor(slot);
		int width = block.length / this.dimensions;
		int lane = slot % BLOCK;
		for (int d = 0; d < this.dimensions; d++) {
			block[d * width + lane] = vector[d];
		}
		this.present.set(slot);
	}

	void clear(int slot) {
		this.present.clear(slot);
	}

	/**
	 * Multiplies all vectors with one.
	 * @param query the other vector
	 * @param products receives the dot products by slot; those of slots without a vector
	 * are meaningless. Its length is at least the greatest slot, rounded up to whole
	 * blocks by {@link #capacity(int)}
	 */
	void multiply(float[] query, float[] products) {
		float[] sums = new float[BLOCK];
		for (int b = 0; b < this.blocks.size(); b++) {
			float[] block = this.blocks.get(b);
			int width = block.length / this.dimensions;
			Arrays.fill(sums, 0);
			multiplyBlock(block, width, query, sums);
			System.arraycopy(sums, 0, products, b * BLOCK, width);
		}
	}

	static int capacity(int slots) {
		return (slots + BLOCK - 1) / BLOCK * BLOCK;
	}

	private void multiplyBlock(float[] block, int width, float[] query, float[] sums) {
		int d = 0;
		for (; d + 3 < this.dimensions; d += 4) {
			addRows(sums, block, d * width, width, query[d], query[d + 1], query[d + 2], query[d + 3]);
		}
		for (; d < this.dimensions; d++) {
			addRows(sums, block, d * width, width, query[d]);
		}
	}

	private static void addRows(float[] sums, float[] block, int row, int width, float q0, float q1, float q2,
			float q3) {
		int row1 = row + width;
		int row2 = row1 + width;
		int row3 = row2 + width;
		for (int i = 0; i < width; i++) {
			sums[i] += q0 * block[row + i] + q1 * block[row1 + i] + q2 * block[row2 + i] + q3 * block[row3 + i];
		}
	}

	private static void addRows(float[] sums, float[] block, int row, int width, float q0) {
		for (int i = 0; i < width; i++) {
			sums[i] += q0 * block[row + i];
		}
	}

	private float[] blockFor(int slot) {
		int index = slot / BLOCK;
		while (this.blocks.size() <= index) {
			int width = this.blocks.isEmpty() ? SMALLEST : BLOCK;
			this.blocks.add(new float[width * this.dimensions]);
		}
		float[] block = this.blocks.get(index);
		int needed = (this.blocks.size() > 1) ? BLOCK : slot % BLOCK + 1;
		if (block.length < needed * this.dimensions) {
			block = widen(block, needed);
			this.blocks.set(index, block);
		}
		return block;
	}

	private float[] widen(float[] block, int needed) {
		int width = block.length / this.dimensions;
		int wider = width;
		while (wider < needed) {
			wider *= 2;
		}
		float[] copy = new float[wider * this.dimensions];
		for (int d = 0; d < this.dimensions; d++) {
			System.arraycopy(block, d * width, copy, d * wider, width);
		}
		return copy;
	}

}
