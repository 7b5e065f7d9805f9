-- Rules of drafts and uploads that column definitions can't say.

-- The row is completed only after the object's hash was verified, never before and never by half.
ALTER TABLE upload ADD CONSTRAINT upload_stored_whole CHECK (
    (state = 'stored') = (sha256 IS NOT NULL) AND (state = 'stored') = (path <> ''));
ALTER TABLE upload ADD CONSTRAINT upload_state CHECK (state IN ('receiving', 'stored', 'refused'));
ALTER TABLE upload ADD CONSTRAINT upload_filed_is_stored CHECK (case_id IS NULL OR (state = 'stored' AND removed_at IS NULL));
-- A device that heard no answer begins the same file again: it stays one upload.
CREATE UNIQUE INDEX upload_of_device ON upload (owner, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX upload_loose ON upload (updated_at) WHERE case_id IS NULL;
CREATE INDEX upload_by_object ON upload (path) WHERE path <> '';

CREATE INDEX draft_open ON draft (owner, updated_at DESC) WHERE submitted_case_id IS NULL;
CREATE INDEX draft_filed ON draft (submitted_case_id) WHERE submitted_case_id IS NOT NULL;
CREATE INDEX draft_old ON draft (updated_at) WHERE submitted_case_id IS NULL;

-- Two live codes are never the same, and a draft is in one place at a time.
CREATE UNIQUE INDEX draft_relay_open ON draft_relay (code_hash) WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX draft_relay_away ON draft_relay (draft) WHERE used_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX session_of_draft ON session (only_draft) WHERE only_draft IS NOT NULL AND revoked_at IS NULL;
