-- One special procedure of a case at a time; while it lasts the case can't be decided.
CREATE UNIQUE INDEX procedure_open ON procedure (case_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX standstill_open ON standstill (case_id, kind) WHERE ends_on IS NULL;
ALTER TABLE standstill ADD CONSTRAINT standstill_ends_after_it_began CHECK (ends_on IS NULL OR told_on IS NULL OR ends_on >= told_on);
