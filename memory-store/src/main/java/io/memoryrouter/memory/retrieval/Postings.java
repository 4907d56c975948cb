package io.memoryrouter.memory.retrieval;

import java.util.Arrays;

/**
 * The turns that have a term, and how often each has it. In no order.
 */
final class Postings {

	/** The bytes that an entry takes. */
	static final int ENTRY_BYTES = Integer.BYTES + Short.BYTES;

	private int[] slots = new int[1];

	private short[] frequencies = new short[1];

	private int size;

	int size() {
		return this.size;
	}

	int slot(int index) {
		return this.slots[index];
	}

	int frequency(int index) {
		return this.frequencies[index];
	}

	void add(int slot, int frequency) {
		if (this.size == this.slots.length) {
			int capacity = this.size + Math.max(1, this.size >> 1);
			this.slots = Arrays.copyOf(this.slots, capacity);
			this.frequencies = Arrays.copyOf(this.frequencies, capacity);
		}
		this.slots[this.size] = slot;
		this.frequencies[this.size] = (short) Math.min(frequency, Short.MAX_VALUE);
		this.size++;
	}

	void remove(int slot) {
		for (int i = 0; i < this.size; i++) {
			if (this.slots[i] == slot) {
				this.size--;
				this.slots[i] = this.slots[this.size];
				this.frequencies[i] = this.frequencies[this.size];
				return;
			}
		}
	}

}
