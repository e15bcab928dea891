DROP TABLE signing_keys, refresh_tokens, sessions, invites, signups, accounts;
