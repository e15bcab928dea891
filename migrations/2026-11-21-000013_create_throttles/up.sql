-- How much somebody has done lately, by keyed hash of who it is and what they do. Unlogged: after a crash of Postgres
-- everybody begins anew, which costs less than a synchronous write for each attempt.
CREATE UNLOGGED TABLE throttles (
    key       bytea       PRIMARY KEY,
    -- The theoretical arrival time of the generic cell rate algorithm: until then the bucket is not empty.
    busy_till timestamptz NOT NULL
);
CREATE INDEX throttles_by_end ON throttles (busy_till);
