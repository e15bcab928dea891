-- A desk of $comments comments, each a root and a question, under a thousand articles by twenty coaches, of whom $coach is one:
-- six in ten answered, one in four waiting, the rest claimed, put off, dismissed or answered elsewhere; one in ten with a
-- priority. Without triggers: the keys that they would look at are made here.
SET session_replication_role = replica;
INSERT INTO accounts (id, display_name, role, created_at, updated_at)
SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Coach ' || n, 'coach', now(), now()
FROM generate_series(1, 19) AS n;
INSERT INTO tags (id, slug, name)
SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'tag-' || n, 'Tag ' || n
FROM generate_series(0, 49) AS n;
INSERT INTO articles (id, slug, title, locale, status, body_markdown, body_html, body_text, excerpt, sections, renderer,
                      created_at, updated_at, published_at)
SELECT ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, 'article-' || n, 'Article ' || n,
       (ARRAY['en', 'de', 'fr'])[1 + n % 3], 'published', '', '', '', '', '[]', 1, now(), now(), now()
FROM generate_series(0, 999) AS n;
INSERT INTO threads (article_id) SELECT id FROM articles ON CONFLICT DO NOTHING;
INSERT INTO guests (id, article_id, display_name, created_at)
SELECT ('00000000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid,
       ('00000000-0000-7000-a000-' || lpad(to_hex(n % 1000), 12, '0'))::uuid, 'Guest ' || n, now()
FROM generate_series(0, $comments / 10) AS n;
-- Spread over the pages of the table as it grows, not in the order of anything that is asked for.
CREATE TEMPORARY TABLE made AS
SELECT n, ('00000000-0000-7000-c000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, n % 1009 * 7919 % 1009 % 1000 AS article,
       timestamptz '2024-01-01' + n * interval '1 minute' AS at, n % 3 > 0 AS by_guest, n % 97 * 100 / 97 AS chance
FROM generate_series(0, $comments - 1) AS n;
INSERT INTO comments (id, article_id, root_id, position, root_no, depth, path, account_id, guest_id, status, shown,
                      body_markdown, body_html, body_text, renderer, section_id, created_at, rank)
SELECT id, ('00000000-0000-7000-a000-' || lpad(to_hex(article), 12, '0'))::uuid, id, n + 1, n + 1, 0, '',
       CASE WHEN NOT by_guest THEN '$coach'::uuid END,
       CASE WHEN by_guest THEN ('00000000-0000-7000-b000-' || lpad(to_hex(n % ($comments / 10)), 12, '0'))::uuid END,
       'visible', true, 'How do I begin, and with what?', '<p>How do I begin, and with what?</p>',
       'How do I begin, and with what?', 1, CASE WHEN n % 4 = 0 THEN 'part-' || n / 4 % 2 END, at, n + 1
FROM made;
INSERT INTO questions (comment_id, article_id, section_id, asked_at, state, shown, turn, language, by_guest, claimed_by,
                       quiet_until, answer_id, answered_by, answered_at, decided_by, decided_at, asked)
SELECT id, ('00000000-0000-7000-a000-' || lpad(to_hex(article), 12, '0'))::uuid,
       CASE WHEN n % 4 = 0 THEN 'part-' || n / 4 % 2 END, at, state, n % 53 > 0,
       CASE WHEN n % 100 < 90 THEN 3 WHEN n % 100 < 97 THEN 2 WHEN n % 100 < 99 THEN 1 ELSE 0 END,
       (ARRAY['en', 'de', 'fr'])[1 + article % 3], by_guest, CASE WHEN state = 'claimed' THEN '$coach'::uuid END,
       CASE WHEN state IN ('claimed', 'snoozed') THEN timestamptz '2100-01-01' END,
       CASE WHEN state = 'answered' THEN id END,
       CASE WHEN state = 'answered' THEN ('00000000-0000-7000-8000-' || lpad(to_hex(1 + n % 19), 12, '0'))::uuid END,
       CASE WHEN state = 'answered' THEN at + interval '1 hour' END,
       CASE WHEN state IN ('dismissed', 'answered_elsewhere') THEN '$coach'::uuid END,
       CASE WHEN state IN ('dismissed', 'answered_elsewhere') THEN at + interval '1 hour' END,
       ARRAY[CASE WHEN article % 20 = 0 THEN '$coach'::uuid
                  ELSE ('00000000-0000-7000-8000-' || lpad(to_hex(article % 20), 12, '0'))::uuid END]
FROM made CROSS JOIN LATERAL (
    SELECT CASE WHEN chance < 60 THEN 'answered' WHEN chance < 85 THEN 'waiting' WHEN chance < 88 THEN 'claimed'
                WHEN chance < 93 THEN 'snoozed' WHEN chance < 97 THEN 'dismissed' ELSE 'answered_elsewhere' END AS state
) AS chosen;
INSERT INTO question_tags (tag_id, comment_id, article_id, section_id, asked_at, state, shown, turn, language, by_guest,
                           claimed_by, quiet_until, answer_id, answered_by, answered_at, decided_by, decided_at, asked)
SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(which), 12, '0'))::uuid, comment_id, article_id, section_id, asked_at, state,
       shown, turn, language, questions.by_guest, claimed_by, quiet_until, answer_id, answered_by, answered_at, decided_by,
       decided_at, asked
FROM questions JOIN made ON made.id = questions.comment_id,
     LATERAL (VALUES (article % 50), ((article + 7) % 50)) AS tagged (which);
INSERT INTO question_coaches (account_id, comment_id, article_id, section_id, asked_at, state, shown, turn, language, by_guest,
                              claimed_by, quiet_until, answer_id, answered_by, answered_at, decided_by, decided_at, asked)
SELECT asked[1], comment_id, article_id, section_id, asked_at, state, shown, turn, language, by_guest, claimed_by, quiet_until,
       answer_id, answered_by, answered_at, decided_by, decided_at, asked
FROM questions;
DROP TABLE made;
SET session_replication_role = DEFAULT;
