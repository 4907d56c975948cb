-- A vault belongs to the account that first made a key for it.
CREATE TABLE vault_account (
	number  INTEGER PRIMARY KEY,
	vault   TEXT NOT NULL UNIQUE,
	account TEXT NOT NULL
);

-- Times are milliseconds since 1970.
CREATE TABLE memory_key (
	number     INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	hash       TEXT    NOT NULL UNIQUE, -- SHA-256 of the key, in hexadecimal
	account    TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	vault      TEXT    NOT NULL REFERENCES vault_account (vault),
	ceiling    TEXT    NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER,
	revoked_at INTEGER
);
CREATE INDEX memory_key_by_account ON memory_key (account, created_at);

-- There once the first start was announced to whoever administers.
CREATE TABLE installation (
	only         INTEGER PRIMARY KEY CHECK (only = 1),
	announced_at INTEGER NOT NULL,
	admin_hash   TEXT -- SHA-256 of the generated token, in hexadecimal
);
