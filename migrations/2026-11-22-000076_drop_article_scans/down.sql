ALTER TABLE desk_scans
    DROP CONSTRAINT desk_scans_kind,
    ADD CONSTRAINT desk_scans_kind CHECK (kind IN ('everything', 'thread', 'article'));
