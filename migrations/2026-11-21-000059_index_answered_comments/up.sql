-- Of those that are not answered, which are most, the index of all roots is walked: so posting pays for neither.
CREATE INDEX CONCURRENTLY comments_answered ON comments (article_id, position)
    WHERE parent_id IS NULL AND shown AND answers > 0;
