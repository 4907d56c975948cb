-- Requests that came with an idempotency key. No words of anyone's are in it.
CREATE TABLE idempotency (
	number      INTEGER PRIMARY KEY,
	vault       INTEGER NOT NULL REFERENCES vault (number),
	session     TEXT,
	key         TEXT    NOT NULL, -- its fingerprint
	fingerprint TEXT    NOT NULL, -- of the request
	claimed_at  INTEGER NOT NULL, -- milliseconds since 1970
	answer      TEXT              -- ids and counts; none as long as the request is not done
);
CREATE UNIQUE INDEX idempotency_by_key ON idempotency (vault, key);
CREATE INDEX idempotency_by_time ON idempotency (claimed_at);
