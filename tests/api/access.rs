//! Who may call what: every operation of the OpenAPI document, by every kind of caller, against one reviewed table.
//!
//! `.` means let through (whatever comes then is about the request, not the caller), `401` and `403` that the caller is
//! turned away, `404` that what belongs to somebody else is not there for this caller.

use crate::world::{Document, NOTHING, Operation, Person, World, encode, part, signed};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use colloquy::http::permission::Scope;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of callers, in the order of the table's columns. `reader` comes for what is nobody's, `other` for what is the
/// reader's; then come the scopes of service tokens, a session that was ended, and every other token that is not good.
const CALLERS: [&str; 13] = [
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

type Row = [&'static str; CALLERS.len()];

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
const ACCESS: &[(&str, Row)] = &[
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

/// Who calls, and what of theirs there is.
struct Callers<'a> {
    w: &'a World,
    guest: String,
    people: BTreeMap<&'static str, Person>,
    services: BTreeMap<&'static str, String>,
    bad: Vec<(&'static str, String)>,
    /// An export that the reader asked for.
    export: String,
}

impl<'a> Callers<'a> {
    async fn of(w: &'a World, coach: Person, guest: String) -> Self {
        let people = BTreeMap::from([
            ("reader", w.reader("Wren").await),
            ("other", w.reader("Robin").await),
            ("coach", coach),
            ("moderator", w.moderator("Hollis").await),
            ("admin", w.admin("June").await),
        ]);
        let admin = &people["admin"];
        let mut services = BTreeMap::new();
        for scope in Scope::ALL {
            services.insert(scope.as_str(), w.service(admin, &[scope.as_str()]).await.1);
        }
        let bad = bad_tokens(w, admin).await;
        let ask = w.request(Method::POST, "/v1/accounts/me/exports").bearer(&people["reader"].access_token);
        let export = ask.send().await.expect(202)["id"].as_str().unwrap().to_owned();
        Self { w, guest, people, services, bad, export }
    }

    /// What a kind of caller sends as `Authorization`, in every variant there is. Logging out is an operation too, so
    /// everybody with an account comes with a new session each time.
    async fn authorizations(&self, caller: &'static str) -> Vec<Option<String>> {
        match caller {
            "nobody" => vec![None],
            "guest" => vec![Some(format!("Guest {}", self.guest))],
            "signed out" => {
                let (token, _) = self.w.log_in(&self.people["admin"].email).await;
                self.w.request(Method::DELETE, "/v1/sessions/current").bearer(&token).send().await.expect(204);
                vec![Some(format!("Bearer {token}"))]
            }
            "bad" => self.bad.iter().map(|(_, token)| Some(format!("Bearer {token}"))).collect(),
            scope if self.services.contains_key(scope) => vec![Some(format!("Bearer {}", self.services[scope]))],
            role => vec![Some(format!("Bearer {}", self.w.log_in(&self.people[role].email).await.0))],
        }
    }
}

/// Tokens of an admin, each with one thing wrong.
async fn bad_tokens(w: &World, admin: &Person) -> Vec<(&'static str, String)> {
    let token = &admin.access_token;
    let (header, claims) = (part(token, 0), part(token, 1));
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        claims
    };
    let (message, signature) = token.rsplit_once('.').unwrap();
    let flipped = if signature.starts_with('A') { 'B' } else { 'A' };
    let unsigned = format!("{}.{}.", encode(&json!({ "typ": "at+jwt", "alg": "none" })), encode(&claims));
    let public = w.get("/.well-known/jwks.json").await.expect(200)["keys"][0]["x"].as_str().unwrap().to_owned();
    let confused = Header {
        typ: Some("at+jwt".into()),
        kid: header["kid"].as_str().map(str::to_owned),
        ..Header::new(Algorithm::HS256)
    };
    let public = EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(public).unwrap());
    let (id, revoked) = w.service(admin, &["drafts", "articles", "moderation", "relay"]).await;
    w.request(Method::DELETE, &format!("/v1/service-tokens/{id}")).bearer(token).send().await.expect(204);
    let now = w.clock.now().timestamp();
    vec![
        ("expired", signed(w, &header, &with("exp", json!(now - 60))).await),
        ("of another audience", signed(w, &header, &with("aud", json!("https://elsewhere.example"))).await),
        ("of another issuer", signed(w, &header, &with("iss", json!("https://elsewhere.example"))).await),
        ("not signed", unsigned),
        ("signed with our public key", jsonwebtoken::encode(&confused, &claims, &public).unwrap()),
        ("forged", format!("{message}.{flipped}{}", &signature[1..])),
        ("a revoked service token", revoked),
        ("a service token of nobody", "cst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into()),
        ("a refresh token", admin.refresh_token.clone()),
        ("garbage", "../../dev/null".into()),
    ]
}

/// Where ids stand in paths: of nothing, or of what is the reader's.
async fn path_for(w: &World, callers: &Callers<'_>, caller: &str, template: &str, slug: &str) -> String {
    let path = template
        .replace("{slug}", slug)
        .replace("{code}", "validation")
        .replace("{kind}", "helpful")
        .replace("{no}", "1");
    if caller != "other" || !path.contains('{') {
        return path.replace("{id}", NOTHING).replace("{session_id}", NOTHING);
    }
    let (token, _) = w.log_in(&callers.people["reader"].email).await;
    let own = if path.starts_with("/v1/sessions/") {
        part(&token, 1)["sid"].as_str().unwrap().to_owned()
    } else if path.starts_with("/v1/accounts/me/exports/") {
        callers.export.clone()
    } else if path.starts_with("/v1/accounts/") {
        callers.people["reader"].id.clone()
    } else if path.starts_with("/v1/comments/") {
        let thread = format!("/v1/articles/{slug}/comments");
        let comment = w
            .request(Method::POST, &thread)
            .bearer(&token)
            .json(&json!({ "body": format!("Mine, {}.", w.clock.id()) }))
            .send()
            .await;
        comment.expect(201)["id"].as_str().unwrap().to_owned()
    } else if path.starts_with("/v1/private-threads/") {
        let thread = w.request(Method::POST, "/v1/private-threads").bearer(&token);
        thread.json(&json!({ "body": "Mine." })).send().await.expect(201)["id"].as_str().unwrap().to_owned()
    } else {
        NOTHING.to_owned()
    };
    path.replace("{id}", &own).replace("{session_id}", &own)
}

#[actix_web::test]
async fn every_operation_lets_in_whom_the_table_says() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let article = w.article(&coach, json!({ "title": "How to listen" })).await;
    let guest = json!({ "body": "Thank you.", "guest": { "name": "Lantern" } });
    let posted = w.post("/v1/articles/how-to-listen/comments", &guest).await.expect(201);
    let callers = Callers::of(&w, coach, posted["manage_token"].as_str().unwrap().into()).await;
    let slug = article["slug"].as_str().unwrap();
    let mut seen = Vec::new();
    for Operation { method, path: template, name: operation, .. } in Document::read().operations() {
        let mut row = Vec::new();
        for caller in CALLERS {
            let path = path_for(&w, &callers, caller, &template, slug).await;
            let mut answers = BTreeSet::new();
            for authorization in callers.authorizations(caller).await {
                let mut request = w.request(method.clone(), &path);
                // What an edit would need, so that whoever may is not stopped before.
                request = request.header("if-match", "\"1\"");
                if let Some(authorization) = &authorization {
                    request = request.header("authorization", authorization);
                }
                let body = match operation.as_str() {
                    "redact_comment" => json!({}),
                    "mark_private_thread_read" => json!({ "no": 0 }),
                    "disclose_private_thread" => json!({ "agree": false }),
                    _ => json!({ "body": "Changed." }),
                };
                let status = request.json(&body).send().await.status.as_u16();
                assert!(status < 500, "{operation} as {caller}: {status}");
                let foreign = caller == "other" && template.contains("id}") && !path.contains(NOTHING);
                let refused = matches!(status, 401 | 403) || (foreign && status == 404);
                answers.insert(if refused { status.to_string() } else { ".".into() });
            }
            row.push(answers.into_iter().collect::<Vec<_>>().join(" or "));
        }
        seen.push((operation, row));
    }
    let written: BTreeMap<&str, Vec<String>> =
        ACCESS.iter().map(|(name, row)| (*name, row.map(str::to_owned).to_vec())).collect();
    let wrong: Vec<_> = seen.iter().filter(|(operation, row)| written.get(operation.as_str()) != Some(row)).collect();
    assert!(wrong.is_empty(), "no row in ACCESS, or another one; the columns are {CALLERS:?}: {wrong:#?}");
    let operations: BTreeSet<_> = seen.iter().map(|(operation, _)| operation.as_str()).collect();
    let gone: Vec<_> = written.keys().filter(|name| !operations.contains(*name)).collect();
    assert!(gone.is_empty(), "rows in ACCESS for operations that are no more: {gone:?}");
}
