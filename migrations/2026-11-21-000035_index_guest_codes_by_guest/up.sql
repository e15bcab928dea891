-- Codes go with their guest.
CREATE INDEX CONCURRENTLY guest_codes_by_guest ON guest_codes (guest_id);
