-- What has got its number leaves a dead entry behind, which is walked past until something is put on its page when that is full.
-- In the order of the streams nothing ever is: each look for what waits would pass all that was numbered since the last vacuum.
-- By so few keys, the entries that come use the room of those that go.
CREATE INDEX CONCURRENTLY events_without_number ON events ((stream_version % 64)) WHERE number IS NULL;
