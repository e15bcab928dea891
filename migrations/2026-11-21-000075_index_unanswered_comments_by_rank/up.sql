CREATE INDEX CONCURRENTLY comments_unanswered_top ON comments (article_id, rank, position)
    WHERE parent_id IS NULL AND shown AND answers = 0;
