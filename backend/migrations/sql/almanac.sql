-- One proposal becomes one version: confirmed once, by somebody, at some time.
ALTER TABLE calendar_release ADD CONSTRAINT calendar_release_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL));
CREATE INDEX calendar_release_in_force ON calendar_release (confirmed_at DESC) WHERE confirmed_at IS NOT NULL;
CREATE INDEX due_move_untold ON due_move (id) WHERE NOT is_told;
