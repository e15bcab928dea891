CREATE INDEX CONCURRENTLY events_unnumbered ON events (stream, stream_version) WHERE number IS NULL;
