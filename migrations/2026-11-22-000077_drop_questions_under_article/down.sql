CREATE INDEX CONCURRENTLY questions_under_article ON questions (article_id, comment_id);
