-- Rules of the catalogue that column definitions can't say.

CREATE UNIQUE INDEX matter_version_one ON matter_version (matter, version);
ALTER TABLE matter_version ADD CONSTRAINT matter_version_counts_from_one CHECK (version >= 1);
CREATE INDEX matter_in_force ON matter (position) WHERE withdrawn_at IS NULL;

-- A case keeps the version it was filed under: what a version says never changes.
CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a matter version is never changed or deleted (matter %, version %)', OLD.matter, OLD.version;
END $$;
CREATE TRIGGER matter_version_is_final BEFORE UPDATE OR DELETE ON matter_version
    FOR EACH ROW EXECUTE FUNCTION refuse_version_change();
