DROP TABLE comment_prints;
DROP TABLE used_challenges;
