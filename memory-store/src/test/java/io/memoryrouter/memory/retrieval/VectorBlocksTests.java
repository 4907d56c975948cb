package io.memoryrouter.memory.retrieval;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class VectorBlocksTests {

	private static final int DIMENSIONS = 11;

	@Test
	void multiplyWhenSlotsAreFilledInAnyOrderThenProductsAreThoseOfTheVectors() {
		Random random = new Random(1);
		VectorBlocks blocks = new VectorBlocks(DIMENSIONS);
		float[][] vectors = new float[400][];
		for (int i = 0; i < 900; i++) {
			int slot = (i < 5) ? i : random.nextInt(vectors.length);
			vectors[slot] = vector(random);
			blocks.set(slot, vectors[slot]);
		}
		float[] query = vector(random);
		float[] products = new float[vectors.length];
		blocks.multiply(query, products);
		for (int slot = 0; slot < vectors.length; slot++) {
			assertThat(blocks.has(slot)).isEqualTo(vectors[slot] != null);
			if (vectors[slot] != null) {
				assertThat((double) products[slot]).isCloseTo(product(query, vectors[slot]), within(1e-4));
			}
		}
	}

	@Test
	void bytesWhenFewVectorsThenBlockIsSmall() {
		VectorBlocks blocks = new VectorBlocks(DIMENSIONS);
		blocks.set(0, new float[DIMENSIONS]);
		assertThat(blocks.bytes()).isEqualTo(8L * DIMENSIONS * Float.BYTES);
	}

	@Test
	void hasWhenClearedThenIsFalse() {
		VectorBlocks blocks = new VectorBlocks(DIMENSIONS);
		blocks.set(3, new float[DIMENSIONS]);
		blocks.clear(3);
		assertThat(blocks.has(3)).isFalse();
	}

	@Test
	void setWhenDimensionsDifferThenIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new VectorBlocks(DIMENSIONS).set(0, new float[DIMENSIONS + 1]));
	}

	private static float[] vector(Random random) {
		float[] vector = new float[DIMENSIONS];
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] = random.nextFloat() - 0.5f;
		}
		return vector;
	}

	private static double product(float[] first, float[] second) {
		double product = 0;
		for (int i = 0; i < first.length; i++) {
			product += (double) first[i] * second[i];
		}
		return product;
	}

}
