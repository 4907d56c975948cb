package io.memoryrouter.gateway.models;

/**
 * A model that a request can name.
 *
 * @param provider the provider
 * @param model what the provider calls it
 */
record ListedModel(String provider, String model) {

	/**
	 * How a request names it.
	 * @return {@code provider/model}
	 */
	String id() {
		return this.provider + "/" + this.model;
	}

}
