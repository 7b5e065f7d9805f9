-- Rules of filed bundles that column definitions can't say.

-- Idempotency: the same owner and key are the same filing.
CREATE UNIQUE INDEX bundle_filing_one ON bundle_filing (owner, key);
CREATE UNIQUE INDEX bundle_part_place ON bundle_part (filing, position);
CREATE INDEX bundle_part_waiting ON bundle_part (filing) WHERE state = 'waiting';
CREATE INDEX case_file_of_filing ON case_file (filing) WHERE filing IS NOT NULL;
-- Who started is a case, who waits holds what it will be.
ALTER TABLE bundle_part ADD CONSTRAINT bundle_part_state CHECK (
    (state = 'started') = (case_id IS NOT NULL) AND (state = 'waiting') = (content_sealed IS NOT NULL));
