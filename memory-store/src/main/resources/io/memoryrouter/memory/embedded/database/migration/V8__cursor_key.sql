-- What the cursors of lists are sealed with, so that they outlive the process.
CREATE TABLE cursor_key (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	key  BLOB NOT NULL
);
