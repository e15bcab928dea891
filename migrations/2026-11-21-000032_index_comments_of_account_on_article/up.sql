-- Whether somebody takes part in a conversation, and what they wrote in it, however much they wrote elsewhere.
CREATE INDEX CONCURRENTLY comments_of_account_on_article ON comments (account_id, article_id, id)
    WHERE account_id IS NOT NULL;
