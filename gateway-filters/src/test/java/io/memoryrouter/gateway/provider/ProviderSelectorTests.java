package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.util.List;

import io.memoryrouter.gateway.support.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProviderSelectorTests {

	private static final URI NOWHERE = URI.create("no://op");

	private static final URI OWN = URI.create("https://llm.example.com");

	private final Provider openai = KnownProvider.OPENAI.builder().build();

	private final Provider openrouter = KnownProvider.OPENROUTER.builder().build();

	private final Provider inHouse = Provider.named("in-house").baseUrl(URI.create("http://localhost:1/v1")).build();

	private final ProviderRegistry registry = new ProviderRegistry(List.of(this.openai, this.openrouter, this.inHouse));

	private final ProviderSelector selector = new ProviderSelector(this.registry, null, null);

	private static ProviderSelector.Question question(String model, String hint, Provider routeProvider, URI uri) {
		return new ProviderSelector.Question(model, true, hint, routeProvider, uri);
	}

	@Test
	void selectWhenModelHasAKnownPrefixThenItIsTakenOff() {
		assertThat(this.selector.select(question("openai/gpt-5.5", null, null, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.openai, "gpt-5.5"));
	}

	@Test
	void selectWhenModelHasInnerSlashesThenTheyStay() {
		assertThat(this.selector.select(question("openrouter/meta-llama/llama-4", null, null, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.openrouter, "meta-llama/llama-4"));
	}

	@Test
	void selectWhenPrefixIsUnknownThenModelGoesToTheRoutesProviderAsItIs() {
		assertThat(this.selector.select(question("meta-llama/llama-4", null, this.openai, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.openai, null));
	}

	@Test
	void selectWhenRouteHasAnAddressThenAMerelyKnownPrefixIsPartOfTheModel() {
		assertThat(this.selector.select(question("openai/gpt-oss-120b", null, null, OWN)))
			.isEqualTo(ProviderSelection.ROUTE);
	}

	@Test
	void selectWhenRouteHasAnAddressThenAPrefixThatWasSetUpCounts() {
		assertThat(this.selector.select(question("in-house/m", null, null, OWN)))
			.isEqualTo(new ProviderSelection(this.inHouse, "m"));
	}

	@Test
	void selectWhenHeaderNamesAProviderThenItBeatsTheRoutes() {
		assertThat(this.selector.select(question("m", "in-house", this.openai, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.inHouse, null));
	}

	@Test
	void selectWhenHeaderNamesNobodyThenError() {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> this.selector.select(question("m", "nobody", this.openai, NOWHERE)))
			.satisfies((ex) -> assertThat(ex.error().param()).isEqualTo("X-Provider"));
	}

	@Test
	void selectWhenNoModelIsNamedThenTheDefaultModelIs() {
		ProviderSelector defaults = new ProviderSelector(this.registry, null, "in-house/echo");
		assertThat(defaults.select(question(null, null, this.openai, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.inHouse, "echo"));
		assertThat(defaults.select(question(null, null, null, OWN))).isEqualTo(ProviderSelection.ROUTE);
	}

	@Test
	void selectWhenBodyIsNotReadThenTheDefaultModelIsNotForIt() {
		ProviderSelector defaults = new ProviderSelector(this.registry, null, "in-house/echo");
		assertThat(defaults.select(new ProviderSelector.Question(null, false, null, this.openai, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.openai, null));
	}

	@Test
	void selectWhenNothingElseAppliesThenTheDefaultProviderIsUsed() {
		ProviderSelector defaults = new ProviderSelector(this.registry, "openrouter", null);
		assertThat(defaults.select(question("m", null, null, NOWHERE)))
			.isEqualTo(new ProviderSelection(this.openrouter, null));
	}

	@Test
	void selectWhenNothingAppliesThenErrorNamesTheFix() {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> this.selector.select(question("m", null, null, NOWHERE)))
			.satisfies((ex) -> assertThat(ex.error().message()).contains("X-Provider", "in-house"));
	}

	@Test
	void selectWhenPrefixIsAllOfTheModelThenError() {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> this.selector.select(question("openai/", null, null, NOWHERE)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt", "/gpt", "openai/", "nobody/gpt" })
	void createWhenDefaultModelNamesNoProviderThenError(String model) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ProviderSelector(this.registry, null, model));
	}

	@Test
	void createWhenDefaultProviderIsUnknownThenError() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ProviderSelector(this.registry, "nobody", null))
			.withMessageContaining("memoryrouter.providers.nobody.base-url");
	}

}
