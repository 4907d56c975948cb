package io.memoryrouter.gateway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.memoryrouter.gateway.jwt.JwtSettings;

/**
 * An identity provider: its tokens, those of its enemies, and its keys as they are
 * fetched.
 */
public final class TestIssuer implements ResourceRetriever {

	public static final JwtSettings SETTINGS = new JwtSettings("https://id.example", "memoryrouter",
			URI.create("https://id.example/jwks"));

	private static final RSAKey RSA = rsaKey("rsa");

	private static final RSAKey FOREIGN = rsaKey("rsa");

	private static final ECKey EC = ecKey();

	public final AtomicInteger fetches = new AtomicInteger();

	public volatile JWKSet keys = new JWKSet(List.of(RSA.toPublicJWK(), EC.toPublicJWK()));

	public volatile boolean down;

	public static RSAKey rsaKey(String id) {
		try {
			return new RSAKeyGenerator(2048).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey ecKey() {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Resource retrieveResource(URL url) throws IOException {
		if (!url.toString().equals(SETTINGS.jwksUri().toString())) {
			throw new IOException("Keys are asked for elsewhere: " + url);
		}
		this.fetches.incrementAndGet();
		if (this.down) {
			throw new IOException("down");
		}
		return new Resource(this.keys.toString(), "application/json");
	}

	/** A token of Alice. */
	public static String token() {
		return token((claims) -> {
		});
	}

	/** A token as the issuer makes them, but for the changes. */
	public static String token(Consumer<JWTClaimsSet.Builder> changes) {
		return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").type(JOSEObjectType.JWT), RSA, changes);
	}

	public static String ellipticToken(Consumer<JWTClaimsSet.Builder> changes) {
		try {
			return sign(
					new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").type(new JOSEObjectType("at+jwt")).build(),
					new ECDSASigner(EC), changes);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A token that is signed with another key. */
	public static String token(RSAKey key, Consumer<JWTClaimsSet.Builder> changes) {
		return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()), key, changes);
	}

	public static String tokenOfUnknownKey(String keyId) {
		return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId), FOREIGN, (claims) -> {
		});
	}

	public static Date in(long seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

	/** Tokens that nobody should believe. */
	public static List<Attack> attacks() {
		return List.of(new Attack("alg none", () -> new PlainJWT(claims((claims) -> {
		})).serialize()), new Attack("alg none with a signature", () -> withHeader("{\"alg\":\"none\"}")),
				new Attack("no alg", () -> withHeader("{\"typ\":\"JWT\"}")),
				new Attack("HS256 with the public key",
						() -> sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
								new MACSigner(RSA.toRSAPublicKey().getEncoded()), (claims) -> {
								})),
				new Attack("foreign key under a known id",
						() -> sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa"), FOREIGN, (claims) -> {
						})),
				new Attack("its own key in the header",
						() -> sign(new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(FOREIGN.toPublicJWK())
							.jwkURL(URI.create("https://evil.example/jwks")), FOREIGN, (claims) -> {
							})),
				new Attack("changed claims", TestIssuer::withOtherSubject),
				new Attack("wrong issuer", () -> token((claims) -> claims.issuer("https://evil.example"))),
				new Attack("issuer with a slash more", () -> token((claims) -> claims.issuer("https://id.example/"))),
				new Attack("no issuer", () -> token((claims) -> claims.issuer(null))),
				new Attack("wrong audience", () -> token((claims) -> claims.audience("other"))),
				new Attack("no audience", () -> token((claims) -> claims.audience((String) null))),
				new Attack("expired", () -> token((claims) -> claims.expirationTime(in(-61)))),
				new Attack("no expiry", () -> token((claims) -> claims.expirationTime(null))),
				new Attack("not yet valid", () -> token((claims) -> claims.notBeforeTime(in(90)))),
				new Attack("a number as its subject", () -> token((claims) -> claims.claim("sub", 12345678901234567L))),
				new Attack("unknown key", () -> tokenOfUnknownKey("unknown")),
				new Attack("another type", () -> sign(
						new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").type(new JOSEObjectType("secevent+jwt")),
						RSA, (claims) -> {
						})),
				new Attack("unknown critical header",
						() -> sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa")
							.criticalParams(Set.of("x"))
							.customParam("x", 1), RSA, (claims) -> {
							})),
				new Attack("no signature", () -> {
					String token = token();
					return token.substring(0, token.lastIndexOf('.') + 1);
				}), new Attack("header alone", () -> Base64URL.encode("{\"alg\":\"RS256\"}") + "."),
				new Attack("white space before the header",
						() -> Base64URL.encode(" \n{ \"alg\":\"none\"}") + "." + Base64URL.encode("{}") + "."),
				new Attack("garbage", () -> "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"));
	}

	private static String withHeader(String header) {
		String[] parts = token().split("\\.");
		return Base64URL.encode(header) + "." + parts[1] + "." + parts[2];
	}

	private static String withOtherSubject() {
		String[] parts = token().split("\\.");
		String claims = new Base64URL(parts[1]).decodeToString().replace("alice", "bob");
		return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
	}

	private static String sign(JWSHeader.Builder header, RSAKey key, Consumer<JWTClaimsSet.Builder> changes) {
		try {
			return sign(header.build(), new RSASSASigner(key), changes);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sign(JWSHeader header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> changes)
			throws JOSEException {
		SignedJWT jwt = new SignedJWT(header, claims(changes));
		jwt.sign(signer);
		return jwt.serialize();
	}

	private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> changes) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(SETTINGS.issuer())
			.audience(List.of("other", SETTINGS.audience()))
			.subject("alice")
			.expirationTime(in(300))
			.claim("org", "acme");
		changes.accept(claims);
		return claims.build();
	}

	/**
	 * A token that is not to be believed.
	 *
	 * @param name what is wrong with it
	 * @param token makes the token
	 */
	public record Attack(String name, Callable<String> token) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
