-- Links in a comment under this article above which it is held. NULL: as the publication's setting says.
ALTER TABLE articles
    ADD COLUMN links_held integer
        CONSTRAINT articles_links_held CHECK (links_held BETWEEN 0 AND 1000);
