-- Where nearly all are answered, the index of all roots would be walked in vain.
CREATE INDEX CONCURRENTLY comments_unanswered ON comments (article_id, position)
    WHERE parent_id IS NULL AND shown AND answers = 0;
