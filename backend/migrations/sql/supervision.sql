-- Rules of supervision that column definitions can't say.

-- Every list of supervision reads open cases only, the nearest day first: as fast with a million closed ones as with none.
CREATE INDEX case_file_in_care ON case_file ((coalesce(promised_due_on, 'infinity'::date)), id)
    WHERE step IN ('received', 'correcting', 'accepted', 'supplementing', 'reviewed', 'checked', 'granted', 'issued');
CREATE INDEX case_file_first_handler ON case_file (first_handler, (coalesce(promised_due_on, 'infinity'::date)), id)
    WHERE step IN ('received', 'correcting', 'accepted', 'supplementing', 'reviewed', 'checked', 'granted', 'issued');
-- What was asked of somebody and may be late.
CREATE INDEX case_event_asking ON case_event (at)
    WHERE verb IN ('dispatch_survey', 'ask_opinion', 'ask_hearing', 'send_back', 'ask_supplement');

-- A rule speaks once of one thing, however many workers ask at once.
CREATE UNIQUE INDEX reminder_one ON reminder (case_id, key);
CREATE UNIQUE INDEX officer_notice_one ON officer_notice (officer, key);
CREATE INDEX officer_notice_list ON officer_notice (officer, id DESC);
CREATE INDEX officer_notice_unread ON officer_notice (officer) WHERE read_at IS NULL;
CREATE UNIQUE INDEX oversight_open ON oversight (case_id) WHERE answered_at IS NULL;
