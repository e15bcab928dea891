ALTER TABLE articles DROP COLUMN moderation;
DROP TABLE support_resources;
DROP TABLE sanctions;
DROP TABLE screening_rules;
