DROP INDEX CONCURRENTLY guest_codes_by_guest;
