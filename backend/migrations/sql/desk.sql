-- Rules of review, corrections and issuance that column definitions can't say.

CREATE UNIQUE INDEX decision_draft_one ON decision_draft (officer, case_id);
CREATE INDEX certificate_by_hash ON certificate (sha256);
