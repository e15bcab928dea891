//! The reviewed table.

/// Kinds of callers, in the order of the table's columns. `reader` comes for what is nobody's, `other` for what is the
/// reader's; then come the scopes of service tokens, a session that was ended, and every other token that is not good.
pub const CALLERS: [&str; 13] = [
    "nobody",
    "guest",
    "reader",
    "other",
    "coach",
    "moderator",
    "admin",
    "drafts",
    "articles",
    "moderation",
    "relay",
    "signed out",
    "bad",
];

pub type Row = [&'static str; CALLERS.len()];

//                                nobody guest  reader other  coach  modera admin  drafts artic. modern relay  s.out  bad
/// Public: the same bytes for everybody, whatever `Authorization` says; or a way in, which takes what is in the body.
#[rustfmt::skip]
const EVERYBODY: Row = ["."  , "."  , "."  , "."  , "."  , "."  , "."  , "."  , "."  , "."  , "."  , "."  , "."  ];
/// What is one's own: everybody with an account.
#[rustfmt::skip]
const MEMBERS: Row = ["401", "401", "."  , "."  , "."  , "."  , "."  , "403", "403", "403", "403", "401", "401"];
/// Who writes articles.
#[rustfmt::skip]
const EDITORS: Row = ["401", "401", "403", "403", "."  , "403", "."  , "403", "."  , "403", "403", "401", "401"];
/// Who may see what is not published.
#[rustfmt::skip]
const DRAFT_READERS: Row = ["401", "401", "403", "403", "."  , "403", "."  , "."  , "403", "403", "403", "401", "401"];
/// Who decides what is shown, and who may go on writing.
#[rustfmt::skip]
const MODERATORS: Row = ["401", "401", "403", "403", "403", "."  , "."  , "403", "403", "."  , "403", "401", "401"];
/// Who sees to it that all is right.
#[rustfmt::skip]
const ADMINS: Row = ["401", "401", "403", "403", "403", "403", "."  , "403", "403", "403", "403", "401", "401"];
/// Whoever wrote it, with an account or the secret of a guest; staff may touch some of it.
#[rustfmt::skip]
const AUTHORS: Row = ["401", "."  , "."  , "403", "."  , "."  , "."  , "403", "403", "403", "403", "401", "401"];
/// Everybody with an account, or with the secret of a guest.
#[rustfmt::skip]
const KNOWN: Row = ["401", "."  , "."  , "."  , "."  , "."  , "."  , "403", "403", "403", "403", "401", "401"];
/// Who puts comments in the light.
#[rustfmt::skip]
const CURATORS: Row = ["401", "401", "403", "403", "."  , "."  , "."  , "403", "403", "."  , "403", "401", "401"];
/// Who is called when a comment should not wait: people.
#[rustfmt::skip]
const RESPONDERS: Row = ["401", "401", "403", "403", "."  , "."  , "."  , "403", "403", "403", "403", "401", "401"];
/// Who works at the coach desk.
#[rustfmt::skip]
const COACHES: Row = ["401", "401", "403", "403", "."  , "403", "."  , "403", "403", "403", "403", "401", "401"];
/// Anybody but a program; a bad token is never better than none.
#[rustfmt::skip]
const VISITORS: Row = ["."  , "."  , "."  , "."  , "."  , "."  , "."  , "403", "403", "403", "403", "401", "401"];

/// What is a guest's own.
#[rustfmt::skip]
const GUESTS: Row = ["401", "."  , "403", "403", "403", "403", "403", "403", "403", "403", "403", "401", "401"];

/// What belongs to those in a private thread: to everybody else there is nothing.
#[rustfmt::skip]
const PARTICIPANTS: Row = ["401", "."  , "."  , "404", "."  , "."  , "."  , "403", "403", "403", "403", "401", "401"];

/// A new operation has no row, and fails the test until somebody has thought about who may call it.
#[rustfmt::skip]
pub const ACCESS: &[(&str, Row)] = &[
    ("list_articles", EVERYBODY),
    ("get_article", EVERYBODY),
    ("resolve_address", EVERYBODY),
    ("list_comments", EVERYBODY),
    ("list_replies", EVERYBODY),
    ("get_comment", EVERYBODY),
    ("get_context", EVERYBODY),
    ("search_comments", EVERYBODY),
    ("count_comments", EVERYBODY),
    ("get_jwks", EVERYBODY),
    ("get_liveness", EVERYBODY),
    ("get_readiness", EVERYBODY),
    ("get_metrics", EVERYBODY),
    ("get_openapi", EVERYBODY),
    ("get_problem_page", EVERYBODY),
    ("sign_up", EVERYBODY),
    ("confirm_account", EVERYBODY),
    ("claim_account", EVERYBODY),
    ("log_in", EVERYBODY),
    ("refresh_session", EVERYBODY),
    ("confirm_guest", EVERYBODY),
    ("issue_challenge", EVERYBODY),
    ("request_password_reset", EVERYBODY),
    ("redeem_password_reset", EVERYBODY),
    ("get_me", MEMBERS),
    ("edit_me", MEMBERS),
    ("change_email", MEMBERS),
    ("confirm_email", MEMBERS),
    ("change_password", MEMBERS),
    ("list_sessions", MEMBERS),
    ("end_session", ["401", "401", ".", "404", ".", ".", ".", "403", "403", "403", "403", "401", "401"]),
    // Without saying what becomes of the comments: 400.
    ("close_account", MEMBERS),
    ("restore_account", MEMBERS),
    ("request_export", MEMBERS),
    ("get_export", ["401", "401", ".", "404", ".", ".", ".", "403", "403", "403", "403", "401", "401"]),
    ("get_export_document", ["401", "401", ".", "404", ".", ".", ".", "403", "403", "403", "403", "401", "401"]),
    ("get_export_archive", ["401", "401", ".", "404", ".", ".", ".", "403", "403", "403", "403", "401", "401"]),
    ("erase_guest", GUESTS),
    ("introduce_guest", [".", "403", "403", "403", "403", "403", "403", "403", "403", "403", "403", "401", "401"]),
    ("get_guest", GUESTS),
    ("edit_guest", GUESTS),
    ("list_guest_comments", GUESTS),
    ("unsubscribe", EVERYBODY),
    ("get_unsubscription", EVERYBODY),
    ("get_notices", MEMBERS),
    ("edit_notices", MEMBERS),
    // A badge would fall on old words.
    ("claim_guest", ["401", "401", ".", ".", "403", "403", "403", "403", "403", "403", "403", "401", "401"]),
    ("get_viewer", ["401", ".", ".", ".", ".", ".", ".", "403", "403", "403", "403", "401", "401"]),
    ("preview_comment", VISITORS),
    // Twice is as good as once.
    ("log_out", ["401", "401", ".", ".", ".", ".", ".", "401", "401", "401", "401", ".", "401"]),
    ("post_comment", VISITORS),
    ("edit_comment", AUTHORS),
    ("delete_comment", AUTHORS),
    ("redact_comment", AUTHORS),
    ("add_reaction", KNOWN),
    ("remove_reaction", KNOWN),
    ("pin_comment", CURATORS),
    ("unpin_comment", CURATORS),
    ("feature_comment", CURATORS),
    ("unfeature_comment", CURATORS),
    ("lock_comment", CURATORS),
    ("unlock_comment", CURATORS),
    ("create_article", EDITORS),
    ("edit_article", EDITORS),
    ("publish_article", EDITORS),
    ("unpublish_article", EDITORS),
    ("list_drafts", DRAFT_READERS),
    ("get_draft", DRAFT_READERS),
    ("list_queue", MODERATORS),
    ("count_queue", MODERATORS),
    ("claim_comment", MODERATORS),
    ("release_comment", MODERATORS),
    ("list_moderated", MODERATORS),
    ("approve_comment", MODERATORS),
    ("reject_comment", MODERATORS),
    ("hold_comment", MODERATORS),
    ("give_verdicts", MODERATORS),
    ("undo_verdict", MODERATORS),
    ("approve_author", MODERATORS),
    ("list_reasons", MODERATORS),
    ("get_history", MODERATORS),
    ("list_log", CURATORS),
    ("list_revisions", MODERATORS),
    ("restore_comment", MODERATORS),
    ("list_rules", MODERATORS),
    ("create_rule", MODERATORS),
    ("get_rule", MODERATORS),
    ("edit_rule", MODERATORS),
    ("delete_rule", MODERATORS),
    ("try_rule", MODERATORS),
    ("list_support", EVERYBODY),
    ("list_kept_support", MODERATORS),
    ("create_support", MODERATORS),
    ("replace_support", MODERATORS),
    ("delete_support", MODERATORS),
    ("get_on_call", MODERATORS),
    ("set_on_call", MODERATORS),
    ("list_alerts", RESPONDERS),
    ("get_alert", RESPONDERS),
    ("acknowledge_alert", RESPONDERS),
    ("report_comment", KNOWN),
    ("list_reports", KNOWN),
    ("list_comment_reports", MODERATORS),
    ("lay_sanction", MODERATORS),
    ("list_sanctions", MODERATORS),
    ("get_sanction", MODERATORS),
    ("lift_sanction", MODERATORS),
    ("list_own_sanctions", MEMBERS),
    ("list_guest_sanctions", GUESTS),
    ("acknowledge_sanction", KNOWN),
    // Of this guest nobody knows that the address is theirs.
    ("open_private_thread", ["401", "403", ".", ".", ".", ".", ".", "403", "403", "403", "403", "401", "401"]),
    ("list_private_threads", KNOWN),
    ("list_waiting_threads", COACHES),
    ("get_private_thread", PARTICIPANTS),
    ("admit_coach", COACHES),
    ("hand_over_thread", COACHES),
    ("invite_commenter", COACHES),
    ("accept_invitation", PARTICIPANTS),
    ("decline_invitation", PARTICIPANTS),
    ("list_private_messages", PARTICIPANTS),
    ("post_private_message", PARTICIPANTS),
    ("edit_private_message", PARTICIPANTS),
    ("delete_private_message", PARTICIPANTS),
    ("mark_private_thread_read", PARTICIPANTS),
    ("get_private_draft", PARTICIPANTS),
    ("save_private_draft", PARTICIPANTS),
    ("delete_private_draft", PARTICIPANTS),
    ("close_private_thread", PARTICIPANTS),
    ("reopen_private_thread", PARTICIPANTS),
    ("leave_private_thread", PARTICIPANTS),
    ("erase_private_thread", PARTICIPANTS),
    ("disclose_private_thread", PARTICIPANTS),
    ("break_glass", ADMINS),
    ("get_opened_thread", ADMINS),
    ("list_opened_messages", ADMINS),
    ("list_audit", ADMINS),
    ("list_accounts", ADMINS),
    ("set_role", ADMINS),
    ("issue_service_token", ADMINS),
    ("list_service_tokens", ADMINS),
    ("revoke_service_token", ADMINS),
    ("ban_account", MODERATORS),
    ("lift_ban", MODERATORS),
    ("end_all_sessions", MEMBERS),
    ("get_second_factor", MEMBERS),
    ("begin_second_factor", MEMBERS),
    ("confirm_second_factor", MEMBERS),
    ("renew_recovery_codes", MEMBERS),
    ("remove_second_factor", MEMBERS),
    ("list_answer_drafts", COACHES),
    ("save_answer_draft", COACHES),
    ("get_answer_draft", COACHES),
    ("delete_answer_draft", COACHES),
    ("list_saved_replies", COACHES),
    ("create_saved_reply", COACHES),
    ("get_saved_reply", COACHES),
    ("edit_saved_reply", COACHES),
    ("delete_saved_reply", COACHES),
    ("answer_question", COACHES),
    ("list_desk", COACHES),
    ("count_desk", COACHES),
    ("get_question", COACHES),
    ("claim_question", COACHES),
    ("release_question", COACHES),
    ("dismiss_question", COACHES),
    ("snooze_question", COACHES),
    ("answer_elsewhere", COACHES),
    ("reopen_question", COACHES),
];
