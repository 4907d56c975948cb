-- Deletions are told to readers of the log, which live no longer than a process does. A month is
-- ample for one that keeps its position elsewhere.
DELETE FROM tombstone WHERE deleted_at < (unixepoch() - 30 * 24 * 60 * 60) * 1000;
