-- Rules of the people slice that column definitions can't say.

-- One account for one number in use, and for one ID document.
CREATE UNIQUE INDEX citizen_mobile ON citizen (mobile_index) WHERE mobile_index IS NOT NULL AND NOT is_cancelled;
CREATE UNIQUE INDEX citizen_id_document ON citizen (id_index) WHERE id_index IS NOT NULL AND NOT is_cancelled;
ALTER TABLE citizen ADD CONSTRAINT citizen_named_whole CHECK (
    (verified_at IS NULL) = (id_index IS NULL) AND (id_index IS NULL) = (name_sealed IS NULL)
    AND (id_index IS NULL) = (id_sealed IS NULL));

CREATE UNIQUE INDEX company_authorisation_one ON company_authorisation (citizen, company) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX dependent_one ON dependent (citizen, id_index) WHERE removed_at IS NULL;

CREATE UNIQUE INDEX officer_role_one ON officer_role (officer, role) WHERE revoked_at IS NULL;
CREATE INDEX authority_letter_in_force ON authority_letter (department, tier) WHERE revoked_at IS NULL;

CREATE INDEX passkey_of ON passkey (subject_kind, subject_id);
CREATE UNIQUE INDEX one_time_code_latest ON one_time_code (mobile_index, purpose);
CREATE INDEX outgoing_message_queue ON outgoing_message (next_at, id) WHERE state = 'queued';
CREATE INDEX outgoing_message_by_provider ON outgoing_message (provider_id) WHERE provider_id <> '';
CREATE INDEX session_of ON session (subject_kind, subject_id) WHERE revoked_at IS NULL;
CREATE INDEX audit_event_of_case ON audit_event (case_no, at) WHERE case_no IS NOT NULL;
CREATE INDEX audit_event_of_citizen ON audit_event (citizen, at) WHERE citizen IS NOT NULL;
