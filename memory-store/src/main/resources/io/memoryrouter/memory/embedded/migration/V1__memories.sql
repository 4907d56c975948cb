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
	speaker    TEXT,
	text       TEXT    NOT NULL,
	characters INTEGER NOT NULL,
	created_at INTEGER NOT NULL, -- milliseconds since 1970
	partial    INTEGER NOT NULL,
	model      TEXT    NOT NULL DEFAULT '' -- of the vector; '' as long as there is none
);
CREATE UNIQUE INDEX memory_by_id ON memory (vault, id);
CREATE UNIQUE INDEX memory_by_position ON memory (vault, position);
CREATE INDEX memory_by_time ON memory (vault, created_at);
CREATE INDEX memory_by_session ON memory (vault, session, created_at);
CREATE INDEX memory_by_model ON memory (model);

-- Little-endian 32-bit floats. A table of its own, so that listing texts does not read vectors.
CREATE TABLE embedding (
	sequence INTEGER PRIMARY KEY REFERENCES memory (sequence) ON DELETE CASCADE,
	vector   BLOB NOT NULL
);

-- What was deleted: ids and nothing else.
CREATE TABLE tombstone (
	number     INTEGER PRIMARY KEY,
	vault      INTEGER NOT NULL REFERENCES vault (number),
	position   INTEGER NOT NULL,
	id         TEXT    NOT NULL,
	deleted_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX tombstone_by_position ON tombstone (vault, position);
CREATE UNIQUE INDEX tombstone_by_id ON tombstone (vault, id);

-- The words of the texts. It holds no second copy of them (content=''), and with
-- 'secure-delete' it removes words at once instead of marking them as deleted.
CREATE VIRTUAL TABLE memory_words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');
INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER memory_inserted AFTER INSERT ON memory BEGIN
	INSERT INTO memory_words (rowid, text) VALUES (new.sequence, new.text);
END;

CREATE TRIGGER memory_deleted AFTER DELETE ON memory BEGIN
	INSERT INTO memory_words (memory_words, rowid, text) VALUES ('delete', old.sequence, old.text);
END;

CREATE TRIGGER memory_text_changed AFTER UPDATE OF text ON memory BEGIN
	INSERT INTO memory_words (memory_words, rowid, text) VALUES ('delete', old.sequence, old.text);
	INSERT INTO memory_words (rowid, text) VALUES (new.sequence, new.text);
END;
