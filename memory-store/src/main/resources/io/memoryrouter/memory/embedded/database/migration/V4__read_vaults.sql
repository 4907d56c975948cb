-- Other vaults of the account that a key may also read: their ids, with a space between.
ALTER TABLE memory_key ADD COLUMN read_vaults TEXT NOT NULL DEFAULT '';

-- Keys are listed in the order in which they came.
DROP INDEX memory_key_by_account;
CREATE INDEX memory_key_by_account ON memory_key (account, number);
