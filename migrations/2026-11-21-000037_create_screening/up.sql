SET LOCAL lock_timeout = '2s';
-- What a text is looked at for, beside what settings say.
CREATE TABLE screening_rules (
    id         uuid        PRIMARY KEY,
    revision   bigint      NOT NULL DEFAULT 1,
    name       text        NOT NULL CONSTRAINT screening_rules_name CHECK (char_length(name) BETWEEN 1 AND 80),
    kind       text        NOT NULL CONSTRAINT screening_rules_kind CHECK (kind IN ('words', 'hosts', 'safety')),
    action     text        NOT NULL CONSTRAINT screening_rules_action CHECK (action IN ('nudge', 'hold', 'reject')),
    -- What is said in no language in particular has none.
    language   text,
    -- How soon somebody should look, of what a safety rule holds.
    priority   smallint    NOT NULL DEFAULT 0 CONSTRAINT screening_rules_priority CHECK (priority BETWEEN 0 AND 3),
    terms      text[]      NOT NULL CONSTRAINT screening_rules_terms CHECK (cardinality(terms) BETWEEN 1 AND 1000),
    enabled    boolean     NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- A safety rule holds: nobody in need is told to rephrase, or refused.
    CONSTRAINT screening_rules_safety_holds CHECK (kind <> 'safety' OR action = 'hold')
);

-- What somebody may not do for a while. `subject` is an id, or a keyed hash.
CREATE TABLE sanctions (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL CONSTRAINT sanctions_kind CHECK (kind IN ('warn', 'mute', 'hold_all', 'ban')),
    subject_kind text        NOT NULL
        CONSTRAINT sanctions_subject_kind CHECK (subject_kind IN ('account', 'guest', 'email', 'network')),
    subject      bytea       NOT NULL,
    reason       text        NOT NULL,
    -- What the person is told beside the reason.
    message      text        CONSTRAINT sanctions_message CHECK (char_length(message) <= 1000),
    comment_id   uuid,
    created_by   uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    lifted_by    uuid,
    lifted_at    timestamptz,
    CONSTRAINT sanctions_lifted_whole CHECK ((lifted_by IS NULL) = (lifted_at IS NULL)),
    CONSTRAINT sanctions_time CHECK (expires_at > created_at)
);
CREATE INDEX sanctions_in_force ON sanctions (subject, subject_kind) WHERE lifted_at IS NULL;
CREATE INDEX sanctions_by_creation ON sanctions (created_at, id);

-- Where somebody in need finds help: what the publication's people entered and checked.
CREATE TABLE support_resources (
    id         uuid        PRIMARY KEY,
    revision   bigint      NOT NULL DEFAULT 1,
    -- ISO 3166-1; without one it is good everywhere.
    region     text        CONSTRAINT support_resources_region CHECK (region ~ '^[A-Z]{2}$'),
    language   text        NOT NULL,
    name       text        NOT NULL CONSTRAINT support_resources_name CHECK (char_length(name) BETWEEN 1 AND 120),
    phone      text,
    url        text,
    checked_on date        NOT NULL,
    position   integer     NOT NULL DEFAULT 0,
    CONSTRAINT support_resources_reachable CHECK (num_nonnulls(phone, url) > 0)
);

-- For each article; without one it is as the publication's setting says.
ALTER TABLE articles ADD COLUMN moderation text
    CONSTRAINT articles_moderation CHECK (moderation IN ('open', 'first', 'guests', 'all'));
