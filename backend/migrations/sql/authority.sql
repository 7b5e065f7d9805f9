-- Rules of signing, opinions, minutes, stepping aside.

CREATE INDEX signing_rule_of ON signing_rule (department, matter);
CREATE UNIQUE INDEX opinion_waiting ON opinion (case_id, department) WHERE answered_at IS NULL AND lapsed_at IS NULL;
CREATE INDEX opinion_of_department ON opinion (department, due_on) WHERE answered_at IS NULL AND lapsed_at IS NULL;
CREATE INDEX opinion_asked_by ON opinion (asked_by, asked_at);
ALTER TABLE opinion ADD CONSTRAINT opinion_ends_once CHECK (answered_at IS NULL OR lapsed_at IS NULL);
CREATE UNIQUE INDEX recusal_waiting ON recusal (case_id, officer) WHERE answered_at IS NULL;
CREATE INDEX recusal_unanswered ON recusal (declared_at) WHERE answered_at IS NULL;

-- One post an officer, one absence at a time.
CREATE UNIQUE INDEX officer_post_one ON officer_post (officer) WHERE ended_at IS NULL;
CREATE INDEX officer_post_deputy ON officer_post (deputy) WHERE ended_at IS NULL;
CREATE INDEX officer_post_superior ON officer_post (superior) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX absence_one ON absence (officer) WHERE ended_at IS NULL;
ALTER TABLE absence ADD CONSTRAINT absence_ends_after_it_began CHECK (until_at IS NULL OR until_at > from_at);
ALTER TABLE authority_letter ADD CONSTRAINT authority_letter_capped_whole CHECK ((cap IS NULL) = (cap_field IS NULL));

-- Nobody stands in for himself.
ALTER TABLE officer_post ADD CONSTRAINT officer_post_not_oneself CHECK (officer <> deputy AND officer <> superior);
CREATE UNIQUE INDEX officer_interest_relative ON officer_interest (officer, id_index) WHERE removed_at IS NULL AND id_index IS NOT NULL;
CREATE UNIQUE INDEX officer_interest_company ON officer_interest (officer, credit_code) WHERE removed_at IS NULL AND credit_code IS NOT NULL;
