DROP TABLE comment_revisions;
