-- Rules of the trunk that column definitions can't say.

-- Two officers at once collide here at the latest: one event for each place in the log.
CREATE UNIQUE INDEX case_event_place ON case_event (case_id, seq);
CREATE INDEX case_event_by_officer ON case_event (by_id, at) WHERE by_kind = 'officer';
ALTER TABLE case_event ADD CONSTRAINT case_event_counts_from_one CHECK (seq >= 1);

-- The log is append-only: what was done was done.
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log is append-only (case %, seq %)', OLD.case_id, OLD.seq;
END $$;
CREATE TRIGGER case_event_is_final BEFORE UPDATE OR DELETE ON case_event
    FOR EACH ROW EXECUTE FUNCTION refuse_event_change();

-- Idempotency: the same owner and key are the same case, whatever was closed, killed or repeated in between.
CREATE UNIQUE INDEX filing_key_one ON filing_key (owner, key);

CREATE UNIQUE INDEX deed_one ON deed (owner, key);

CREATE UNIQUE INDEX case_material_one ON case_material (case_id, key);
CREATE INDEX case_upload_of ON case_upload (upload);
CREATE UNIQUE INDEX formal_document_number ON formal_document (kind, number);
ALTER TABLE case_file ADD CONSTRAINT case_file_seq CHECK (seq >= 1);

-- The lists people look at all day, each over the open cases only, so that they stay small however many are closed.
CREATE INDEX case_file_of_citizen ON case_file (citizen, received_at DESC) WHERE citizen IS NOT NULL;
CREATE INDEX case_file_waiting ON case_file (received_at) WHERE step = 'received' AND handler IS NULL;
CREATE INDEX case_file_in_hand ON case_file (handler, received_at) WHERE step IN ('received', 'correcting');
CREATE INDEX case_file_to_approve ON case_file (department, step, promised_due_on, received_at)
    WHERE step IN ('accepted', 'reviewed', 'checked', 'supplementing');
CREATE INDEX case_file_with_citizen ON case_file (first_handler, received_at) WHERE step IN ('correcting', 'supplementing');
CREATE INDEX case_file_with_citizen_of ON case_file (handler, received_at) WHERE step IN ('correcting', 'supplementing');
CREATE INDEX case_file_due ON case_file (promised_due_on) WHERE decided_at IS NULL AND accepted_at IS NOT NULL;
CREATE INDEX case_file_received ON case_file (received_at);
CREATE INDEX case_file_decided ON case_file (decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX case_file_closed ON case_file (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX case_file_open ON case_file (step)
    WHERE step NOT IN ('closed', 'not_accepted', 'refused', 'withdrawn', 'collected');

-- One notice at a time.
CREATE UNIQUE INDEX correction_open ON correction (case_id) WHERE answered_at IS NULL;
