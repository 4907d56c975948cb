-- Vaults by number: four indexes carry it instead of the name.
CREATE TABLE vault (
	number INTEGER PRIMARY KEY,
	id     TEXT NOT NULL UNIQUE
);

-- The position of the last change in the log. Kept apart, since the change itself may be gone.
CREATE TABLE log_end (
	only     INTEGER PRIMARY KEY CHECK (only = 1),
	position INTEGER NOT NULL
);
INSERT INTO log_end (only, position) VALUES (1, 0);

-- "sequence" is the order of arrival and is never given twice, also not after deletions.
-- Every index ends with it, as all SQLite indexes do: it tells equal times apart.
CREATE TABLE memory (
	sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
	vault      INTEGER NOT NULL REFERENCES vault (number),
	position   INTEGER NOT NULL,
	id         TEXT    NOT NULL,
	session    TEXT,
	role       TEXT    NOT NULL,
	characters INTEGER NOT NULL,
	created_at INTEGER NOT NULL,            -- milliseconds since 1970
	partial    INTEGER NOT NULL,
	model      TEXT    NOT NULL DEFAULT '', -- of the vector; '' as long as there is none
	speaker    BLOB,                        -- sealed
	text       BLOB    NOT NULL             -- sealed; last, so that counting does not read it
);
CREATE UNIQUE INDEX memory_by_id ON memory (vault, id);
CREATE UNIQUE INDEX memory_by_position ON memory (vault, position);
CREATE INDEX memory_by_time ON memory (vault, created_at);
CREATE INDEX memory_by_session ON memory (vault, session, created_at);
CREATE INDEX memory_by_model ON memory (model);

-- Little-endian 32-bit floats, sealed. A table of its own, so that listing texts does not read vectors.
CREATE TABLE embedding (
	sequence INTEGER PRIMARY KEY REFERENCES memory (sequence) ON DELETE CASCADE,
	vector   BLOB NOT NULL
);

-- The key that speaker, text and vector of a memory are sealed with. Erasing a memory means to
-- overwrite its key: SQLite leaves stale copies of rows behind when it moves them between pages,
-- "secure_delete" or not. Rows of this table are never moved: they are only added at its end, never
-- deleted, and overwritten in place, since a key has always the same length.
CREATE TABLE seal (
	sequence INTEGER PRIMARY KEY,
	key      BLOB NOT NULL
);

-- What was deleted: ids and nothing else.
CREATE TABLE tombstone (
	number     INTEGER PRIMARY KEY,
	vault      INTEGER NOT NULL REFERENCES vault (number),
	position   INTEGER NOT NULL,
	id         TEXT    NOT NULL,
	deleted_at INTEGER NOT NULL -- milliseconds since 1970
);
CREATE UNIQUE INDEX tombstone_by_position ON tombstone (vault, position);
CREATE UNIQUE INDEX tombstone_by_id ON tombstone (vault, id);
