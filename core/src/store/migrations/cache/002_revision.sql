-- How many writes of the account were settled when the answer was asked for: one asked for earlier may lack what they did.
ALTER TABLE answer ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
