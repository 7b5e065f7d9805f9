-- One survey of a case counts; a repeated one takes its place.
CREATE UNIQUE INDEX survey_current ON survey (case_id) WHERE is_current;
-- 行政许可法 §34(3): two members of staff at least, also in the last line of defence.
ALTER TABLE survey ADD CONSTRAINT survey_two_inspectors CHECK (visit IS NULL OR cardinality(inspectors) >= 2);
ALTER TABLE survey ADD CONSTRAINT survey_two_signatures CHECK (concluded_at IS NULL OR cardinality(signed_by) >= 2);
ALTER TABLE survey ADD CONSTRAINT survey_concluded_whole CHECK (
  (concluded_at IS NULL) = (conclusion IS NULL) AND (concluded_at IS NULL) = (surveyed_at IS NULL)
  AND (concluded_at IS NULL OR visit IS NOT NULL));
CREATE INDEX survey_of_visit ON survey (visit);
-- What an inspector still has to do.
CREATE INDEX survey_open ON survey USING gin (inspectors) WHERE is_current AND concluded_at IS NULL;
-- What an approval office has to send out, and its statistics.
CREATE INDEX survey_of_department ON survey (department, made_at);
