-- Whoever is erased or claimed as a guest is looked for here, and so is every guest whose row goes.
CREATE INDEX CONCURRENTLY reactions_by_guest ON reactions (guest_id) WHERE guest_id IS NOT NULL;
