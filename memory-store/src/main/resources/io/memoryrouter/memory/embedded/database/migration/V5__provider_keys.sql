-- The providers' keys that accounts have stored, encrypted.
CREATE TABLE provider_key (
	number         INTEGER PRIMARY KEY,
	account        TEXT    NOT NULL,
	provider       TEXT    NOT NULL,
	jwe            TEXT    NOT NULL, -- bound to the account and the provider
	encryption_key TEXT    NOT NULL, -- the "kid" in the header of the JWE
	ending         TEXT    NOT NULL, -- of the key, at most four characters
	updated_at     INTEGER NOT NULL  -- milliseconds since 1970
);
CREATE UNIQUE INDEX provider_key_by_provider ON provider_key (account, provider);
CREATE INDEX provider_key_by_encryption_key ON provider_key (encryption_key);
