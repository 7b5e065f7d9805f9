-- Rules of the notices that column definitions can't say.

-- Every event waits to be told from the moment it exists: in its own transaction, by whoever writes it. A job that
-- remembered the last id it saw would miss an event whose transaction was slow.
CREATE FUNCTION event_waits_to_be_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO event_to_tell (event, next_at, attempts) VALUES (NEW.id, NEW.at, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER case_event_waits AFTER INSERT ON case_event FOR EACH ROW EXECUTE FUNCTION event_waits_to_be_told();

-- One notice for each event, person and kind, whatever is repeated.
CREATE UNIQUE INDEX notice_one ON notice (case_id, seq, party, kind);
CREATE INDEX notice_of_citizen ON notice (citizen, id DESC) WHERE citizen IS NOT NULL;
CREATE INDEX notice_unread ON notice (citizen) WHERE read_at IS NULL;
CREATE INDEX notice_delivery_due ON notice_delivery (channel, next_at) WHERE state = 'queued';
CREATE INDEX notice_delivery_by_provider ON notice_delivery (provider_id) WHERE provider_id <> '';
ALTER TABLE notice_delivery ADD CONSTRAINT notice_delivery_state
    CHECK (state IN ('queued', 'sent', 'delivered', 'failed', 'given_up'));

CREATE UNIQUE INDEX notice_choice_one ON notice_choice (citizen, topic, channel);
CREATE UNIQUE INDEX channel_binding_one ON channel_binding (citizen, channel);
ALTER TABLE notice_manner ADD CONSTRAINT notice_manner_minutes
    CHECK (quiet_starts BETWEEN 0 AND 1439 AND quiet_ends BETWEEN 0 AND 1439);
