DROP INDEX comment_prints_by_comment;
