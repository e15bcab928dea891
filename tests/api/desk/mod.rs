//! The coach desk: who waits for an answer.

mod answer_elsewhere;
mod claim_question;
mod copies;
mod count_desk;
mod dismiss_question;
mod filters;
mod following;
mod get_question;
mod list_desk;
mod people;
mod plans;
mod races;
mod release_question;
mod reopen_question;
mod snooze_question;
mod states;
mod urgency;

use crate::world::{Person, World};

/// A server with an open article, its slug, a coach and a question that waits.
async fn waiting() -> (World, String, Person, String) {
    let w = World::with(&[("claim_minutes", "7")]).await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let question = w.say(&slug, "How do I begin?", None).await;
    w.until_desk(&coach, "", &[&question]).await;
    (w, slug, coach, question)
}
