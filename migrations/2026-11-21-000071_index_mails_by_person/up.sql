-- A person's mails are taken back.
CREATE INDEX CONCURRENTLY mails_by_person ON mails (person_id) WHERE person_id IS NOT NULL;
