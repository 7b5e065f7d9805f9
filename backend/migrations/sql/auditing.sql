-- Anchors are final: what a day said, it said.
CREATE UNIQUE INDEX anchor_leaf_place ON anchor_leaf (anchor, place);
CREATE INDEX anchor_leaf_of_case ON anchor_leaf (case_id, seq);
-- Small on a log that only grows: a day's events are found without reading the years before.
CREATE INDEX case_event_by_time ON case_event USING brin (at);

CREATE FUNCTION refuse_anchor_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'anchors are append-only';
END $$;
CREATE TRIGGER anchor_is_final BEFORE UPDATE OR DELETE ON anchor
    FOR EACH ROW EXECUTE FUNCTION refuse_anchor_change();
CREATE TRIGGER anchor_leaf_is_final BEFORE UPDATE OR DELETE ON anchor_leaf
    FOR EACH ROW EXECUTE FUNCTION refuse_anchor_change();
