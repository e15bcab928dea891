ALTER TABLE articles DROP COLUMN links_held;
