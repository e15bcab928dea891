DROP TABLE verdicts;
DROP TABLE reviews;
DROP TABLE comment_hits;
