-- How much was used. Keys and accounts are told by their ids alone: counts outlive keys.
CREATE TABLE usage (
	number                 INTEGER PRIMARY KEY,
	account                TEXT    NOT NULL,
	day                    INTEGER NOT NULL, -- in UTC, counted from 1970-01-01
	key                    TEXT    NOT NULL, -- its id
	provider               TEXT    NOT NULL, -- empty for none
	model                  TEXT    NOT NULL, -- empty for none
	requests               INTEGER NOT NULL,
	memory_tokens_injected INTEGER NOT NULL,
	memories_stored        INTEGER NOT NULL,
	tokens_in              INTEGER NOT NULL,
	tokens_out             INTEGER NOT NULL
);
CREATE UNIQUE INDEX usage_by_source ON usage (account, day, key, provider, model);
CREATE INDEX usage_by_day ON usage (day);

-- The last batch that each recorder has added: an earlier one is not added again.
CREATE TABLE usage_recorder (
	number   INTEGER PRIMARY KEY,
	id       TEXT    NOT NULL UNIQUE,
	batch    INTEGER NOT NULL,
	added_at INTEGER NOT NULL -- milliseconds since 1970
);
CREATE INDEX usage_recorder_by_time ON usage_recorder (added_at);
