ALTER TABLE articles DROP CONSTRAINT articles_slug_is_registered;
DROP TABLE article_addresses, article_tags, tags, article_authors, article_revisions, article_slugs, articles;
