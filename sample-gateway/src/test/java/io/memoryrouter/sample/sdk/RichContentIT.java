package io.memoryrouter.sample.sdk;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pictures and schemas of answers pass the gateway as the SDKs write them, with and
 * without something to remember.
 */
@ExtendWith(SharedGateway.Extension.class)
class RichContentIT {

	private static final String PROVIDER_KEY = "sk-provider-0123456789";

	private static final String FACT = "My cat is called Sir Purrcival.";

	private static final String QUESTION = "What is my cat called?";

	/** What the base64 of every PNG begins with, in either alphabet. */
	private static final Pattern BASE64_PNG = Pattern.compile("iVBORw0KGgo[A-Za-z0-9+/_-]*=*");

	private final SharedGateway gateway;

	private Credentials credentials;

	private RichRequests direct;

	private RichRequests throughGateway;

	RichContentIT(SharedGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void newVault() {
		this.credentials = Credentials.dropIn(this.gateway.newMemoryKey(), PROVIDER_KEY);
		this.direct = new RichRequests(this.gateway.provider().baseUrl(""), new Credentials(PROVIDER_KEY, Map.of()));
		this.throughGateway = new RichRequests(this.gateway.address(), this.credentials);
	}

	@ParameterizedTest
	@EnumSource
	void showPictureWhenNothingIsRememberedThenProviderReceivesTheBytesOfTheSdk(Sdk sdk) {
		byte[] png = picture();
		this.direct.showPicture(sdk, QUESTION, png);
		byte[] expected = lastBody();
		this.throughGateway.showPicture(sdk, QUESTION, png);
		assertThat(lastBody()).isEqualTo(expected);
		assertThat(onlyPicture()).isEqualTo(png);
	}

	@ParameterizedTest
	@EnumSource
	void showPictureWhenFactWasToldThenProviderReceivesItBesideTheBlock(Sdk sdk) {
		byte[] png = picture();
		this.direct.showPicture(sdk, QUESTION, png);
		byte[] expected = lastBody();
		tellFact(sdk);
		this.throughGateway.showPicture(sdk, QUESTION, png);
		assertOnlyBlockIsAdded(sdk, expected);
		assertThat(onlyPicture()).isEqualTo(png);
	}

	@ParameterizedTest
	@EnumSource
	void askForCatWhenNothingIsRememberedThenProviderReceivesTheBytesOfTheSdk(Sdk sdk) {
		answerWithCat(sdk);
		this.direct.askForCat(sdk, QUESTION);
		byte[] expected = lastBody();
		assertThat(this.throughGateway.askForCat(sdk, QUESTION).getCatName()).isEqualTo("Sir Purrcival");
		assertThat(lastBody()).isEqualTo(expected).asString(StandardCharsets.UTF_8).contains("\"catName\":{");
	}

	@ParameterizedTest
	@EnumSource
	void askForCatWhenFactWasToldThenSchemaIsUntouchedAndSdkReadsTheAnswer(Sdk sdk) {
		tellFact(sdk);
		answerWithCat(sdk);
		this.direct.askForCat(sdk, QUESTION);
		byte[] expected = lastBody();
		assertThat(this.throughGateway.askForCat(sdk, QUESTION).getCatName()).isEqualTo("Sir Purrcival");
		assertOnlyBlockIsAdded(sdk, expected);
		assertThat(lastBody()).asString(StandardCharsets.UTF_8).contains("\"catName\":{");
	}

	private void tellFact(Sdk sdk) {
		try (ChatClient client = sdk.connect(this.gateway.address(), this.credentials)) {
			client.ask(sdk.model(), FACT);
		}
	}

	private void answerWithCat(Sdk sdk) {
		String answer = new String(RecordingProvider.read(sdk.file("plain.json")), StandardCharsets.UTF_8)
			.replace("Noted.", "{\\\"catName\\\":\\\"Sir Purrcival\\\"}");
		this.gateway.provider()
			.answer(WireMock.aResponse().withHeader("Content-Type", "application/json").withBody(answer));
	}

	/**
	 * That what the SDK sends arrives whole, with one piece put into it.
	 */
	private void assertOnlyBlockIsAdded(Sdk sdk, byte[] sent) {
		byte[] received = lastBody();
		int start = Arrays.mismatch(sent, received);
		int end = received.length - (sent.length - start);
		assertThat(end).as("end of what was put in").isGreaterThan(start);
		assertThat(Arrays.copyOfRange(received, end, received.length)).as("what follows the block")
			.isEqualTo(Arrays.copyOfRange(sent, start, sent.length));
		assertThat(sdk.lastUserText(this.gateway.provider().lastRequest()))
			.startsWith(QUESTION + "\n\n<recalled-memories>\n")
			.contains("] user: " + FACT + "\n")
			.endsWith("\n</recalled-memories>");
	}

	private byte[] lastBody() {
		return this.gateway.provider().lastRequest().getBody();
	}

	/** The picture in what the provider received last. */
	private byte[] onlyPicture() {
		String body = new String(lastBody(), StandardCharsets.UTF_8);
		assertThat(BASE64_PNG.matcher(body).results().map(MatchResult::group)).hasSize(1);
		String base64 = BASE64_PNG.matcher(body).results().findFirst().orElseThrow().group();
		// Google's SDK writes bytes in the alphabet for URLs.
		return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
	}

	/** A picture of noise, so that its base64 has every character. */
	private static byte[] picture() {
		BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
		Random noise = new Random(1);
		for (int pixel = 0; pixel < 32 * 32; pixel++) {
			image.setRGB(pixel % 32, pixel / 32, noise.nextInt());
		}
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, "png", png);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return png.toByteArray();
	}

}
