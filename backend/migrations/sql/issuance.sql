-- A case that was made anew has a second certificate; the first was revoked.
CREATE UNIQUE INDEX certificate_in_force ON certificate (case_id) WHERE revoked_at IS NULL;
