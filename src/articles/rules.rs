//! What an article may hold, who may change it, and what a change makes of it.

mod address;

pub use address::{address, addresses_meant};

use super::types::{Author, CommentPolicy, CommentPolicyInput, Content, EditArticle, Tag};
use crate::{
    error::{Error, Field, Result},
    http::{actor::Actor, permission::Role},
    text::{self, Bounds, Flaw, Section},
};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How much an article may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    title: Bounds,
    body: Bounds,
    tags: usize,
}

impl Limits {
    /// For what is written here.
    pub const WRITTEN: Self = Self { title: Bounds::TITLE, body: Bounds::ARTICLE, tags: 20 };
    /// For what was accepted elsewhere.
    pub const IMPORTED: Self =
        Self { title: Bounds::new(0, Bounds::TITLE.max), body: Bounds::new(0, Bounds::ARTICLE.max), tags: usize::MAX };
}

const MAX_AUTHORS: usize = 20;

/// Days that comments may stay open: a century.
const MAX_DAYS: i32 = 36_500;

/// Links in a comment above which an article may have it held, at most.
const MAX_LINKS: i32 = 1000;

/// What an imported article is called that has no title.
const UNTITLED: &str = "Untitled";

/// A change that has been looked at; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub title: Option<String>,
    pub body: Option<String>,
    pub slug: Option<String>,
    pub summary: Option<String>,
    pub locale: Option<String>,
    pub comments: CommentPolicyInput,
    /// One for each slug, in the order of slugs.
    pub tags: Option<Vec<Tag>>,
    /// At least one, each once.
    pub authors: Option<Vec<Uuid>>,
}

/// Looks at a change and brings it into its stored form.
///
/// # Errors
/// Names every field that is not acceptable.
pub fn check(input: EditArticle, limits: Limits) -> Result<Changes> {
    let mut refused = Vec::new();
    let mut take = |pointer: &str, value: Option<std::result::Result<String, Flaw>>| {
        value.and_then(|value| value.map_err(|flaw| refused.push(flawed(pointer, flaw))).ok())
    };
    let title = take("/title", input.title.map(|title| text::clean_line(&title, limits.title)));
    let body = take("/body", input.body.map(|body| text::clean(&body, limits.body)));
    let summary = take("/summary", input.summary.map(|summary| text::clean(&summary, Bounds::SUMMARY)));
    let slug = input.slug.filter(|slug| {
        let good = text::is_slug(slug);
        if !good {
            let form = "must be lower-case letters a to z and digits in words joined by hyphens, 80 characters at most";
            refused.push(Field::body("/slug", "malformed", form));
        }
        good
    });
    let locale = input.locale.and_then(|tag| {
        let good = locale(&tag);
        if good.is_none() {
            refused.push(Field::body("/locale", "malformed", "must be a language tag (BCP 47) such as en or pt-BR"));
        }
        good
    });
    let tags = input.tags.map(|names| check_tags(&names, limits.tags, &mut refused));
    let authors = input.authors.inspect(|ids| check_authors(ids, &mut refused));
    let comments = input.comments.unwrap_or_default();
    let bounded =
        [("links_held", comments.links_held, MAX_LINKS), ("close_after_days", comments.close_after_days, MAX_DAYS)];
    for (name, value, most) in bounded {
        if value.flatten().is_some_and(|value| !(0..=most).contains(&value)) {
            let range = format!("must be 0 to {most}");
            refused.push(Field::body(&format!("/comments/{name}"), "out_of_range", range));
        }
    }
    if !refused.is_empty() {
        return Err(Error::validation(refused));
    }
    let title = title.map(|title| if title.is_empty() { UNTITLED.to_owned() } else { title });
    Ok(Changes { title, body, slug, summary, locale, comments, tags, authors })
}

fn flawed(pointer: &str, flaw: Flaw) -> Field {
    Field::body(pointer, flaw.code(), flaw.detail())
}

fn check_tags(names: &[String], max: usize, refused: &mut Vec<Field>) -> Vec<Tag> {
    if names.len() > max {
        refused.push(Field::body("/tags", "too_many", format!("must be {max} at most")));
        return Vec::new();
    }
    let mut tags = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        match text::clean_line(name, Bounds::TAG) {
            Ok(name) if name.chars().any(char::is_alphanumeric) => {
                tags.entry(text::slug(&name)).or_insert(name);
            }
            Ok(_) => refused.push(Field::body(&format!("/tags/{at}"), "blank", "must have a letter or a digit")),
            Err(flaw) => refused.push(flawed(&format!("/tags/{at}"), flaw)),
        }
    }
    tags.into_iter().map(|(slug, name)| Tag { slug, name }).collect()
}

fn check_authors(ids: &[Uuid], refused: &mut Vec<Field>) {
    if ids.is_empty() {
        refused.push(Field::body("/authors", "blank", "must name one author at least"));
    } else if ids.len() > MAX_AUTHORS {
        refused.push(Field::body("/authors", "too_many", format!("must be {MAX_AUTHORS} at most")));
    }
    for (at, id) in ids.iter().enumerate().take(MAX_AUTHORS) {
        if ids.iter().take(at).any(|earlier| earlier == id) {
            refused.push(Field::body(&format!("/authors/{at}"), "repeated", "is named twice"));
        }
    }
}

/// A language tag in its usual letter case (RFC 5646 §2.1.1): `pt-BR`, `zh-Hant-TW`. Nothing if it is none.
fn locale(tag: &str) -> Option<String> {
    let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = tag.split('-').next().unwrap_or_default();
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
    if tag.len() > 35 || !is_language || !tag.split('-').all(well_formed) {
        return None;
    }
    let mut after_singleton = false;
    let parts = tag.split('-').enumerate().map(|(at, part)| {
        let mut part = part.to_ascii_lowercase();
        match part.len() {
            _ if at == 0 || after_singleton => {}
            1 => after_singleton = true,
            2 => part.make_ascii_uppercase(),
            4 => part.get_mut(..1).unwrap_or_default().make_ascii_uppercase(),
            _ => {}
        }
        part
    });
    Some(parts.collect::<Vec<_>>().join("-"))
}

/// The tag of everything that lists articles.
pub const LISTS: &str = "articles";

/// The tag of everything that shows an article.
pub fn tag(article_id: Uuid) -> String {
    format!("article:{article_id}")
}

/// The address of a published article, as an absolute path.
pub fn url(slug: &str) -> String {
    format!("/v1/articles/{slug}")
}

/// The slug that an imported article would like: its own, which some systems keep percent-encoded, or its title's.
pub fn wished_slug(own: Option<&str>, title: Option<&str>) -> String {
    let own = own.map(|own| percent_decode_str(own).decode_utf8_lossy()).filter(|own| !own.trim().is_empty());
    text::slug(own.as_deref().or(title).unwrap_or_default())
}

/// Whether an edit changed what a revision keeps.
pub fn differs_in_text(before: &Content, after: &Content) -> bool {
    (&before.title, &before.summary, &before.body_markdown) != (&after.title, &after.summary, &after.body_markdown)
}

/// Whether somebody may change an article: its authors and admins may, and programs that were let in at all.
pub fn may_edit(actor: &Actor, authors: &[Author]) -> bool {
    matches!(actor.role, Role::Admin | Role::Service) || authors.iter().any(|author| author.id == actor.account_id)
}

/// Names the authors that are not among those who may be one.
///
/// # Errors
/// When there is such an author.
pub fn check_writers(wanted: &[Uuid], writers: &[Uuid]) -> Result<()> {
    let strangers = wanted.iter().enumerate().filter(|(_, id)| !writers.contains(id));
    let refused: Vec<_> = strangers
        .map(|(at, _)| Field::body(&format!("/authors/{at}"), "unknown", "is not the account of a coach or an admin"))
        .collect();
    if refused.is_empty() { Ok(()) } else { Err(Error::validation(refused)) }
}

/// An article before anything was written.
pub fn blank() -> Content {
    Content {
        slug: String::new(),
        title: String::new(),
        summary: String::new(),
        locale: "en".into(),
        body_markdown: String::new(),
        body_html: String::new(),
        body_text: String::new(),
        excerpt: String::new(),
        sections: serde_json::Value::Array(Vec::new()),
        renderer: text::RENDERER_VERSION,
        comments: CommentPolicy {
            open: true,
            guests: true,
            moderation: None,
            links_held: None,
            close_after_days: None,
        },
    }
}

/// What a change makes of an article. What is derived from the body is derived again when the body changed, or when it
/// was last derived by an earlier version.
///
/// # Errors
/// Only if sections do not serialise, or what is stored as such are none.
pub fn revise(before: &Content, changes: &Changes) -> Result<Content> {
    let mut after = before.clone();
    let replace = |place: &mut String, value: &Option<String>| {
        if let Some(value) = value {
            place.clone_from(value);
        }
    };
    replace(&mut after.title, &changes.title);
    replace(&mut after.slug, &changes.slug);
    replace(&mut after.summary, &changes.summary);
    replace(&mut after.locale, &changes.locale);
    replace(&mut after.body_markdown, &changes.body);
    let CommentPolicyInput { open, guests, moderation, links_held, close_after_days } = changes.comments;
    after.comments = CommentPolicy {
        open: open.unwrap_or(before.comments.open),
        guests: guests.unwrap_or(before.comments.guests),
        moderation: moderation.unwrap_or(before.comments.moderation),
        links_held: links_held.unwrap_or(before.comments.links_held),
        close_after_days: close_after_days.unwrap_or(before.comments.close_after_days),
    };
    if after.body_markdown != before.body_markdown || before.renderer != text::RENDERER_VERSION {
        let sections: Vec<Section> = serde_json::from_value(before.sections.clone()).map_err(Error::internal)?;
        let keys: Vec<_> = sections.iter().filter_map(Section::key).collect();
        let made = text::article(&after.body_markdown, &keys);
        after.sections = serde_json::to_value(&made.sections).map_err(Error::internal)?;
        (after.body_html, after.body_text, after.excerpt) = (made.html, made.text, made.excerpt);
        after.renderer = text::RENDERER_VERSION;
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(input: EditArticle) -> Vec<String> {
        let error = check(input, Limits::WRITTEN).unwrap_err();
        let place = |field: Field| serde_json::to_value(&field).unwrap()["pointer"].as_str().unwrap().to_owned();
        error.fields.into_iter().map(place).collect()
    }

    #[test]
    fn every_bad_field_is_named() {
        let names = vec!["good".to_owned(), String::new(), "!?".to_owned(), "x".repeat(61)];
        let bad = EditArticle {
            title: Some("a\0b".into()),
            body: Some(" \n ".into()),
            slug: Some("Not A Slug".into()),
            summary: Some("x".repeat(501)),
            locale: Some("english".into()),
            tags: Some(names),
            authors: Some(Vec::new()),
            comments: None,
        };
        let places = ["title", "body", "summary", "slug", "locale", "tags/1", "tags/2", "tags/3", "authors"];
        assert_eq!(refused(bad), places.map(|place| format!("#/{place}")));
        let many = EditArticle { tags: Some(vec!["x".into(); 21]), ..EditArticle::default() };
        assert_eq!(refused(many), ["#/tags"]);
        let twice = EditArticle { authors: Some(vec![Uuid::nil(); 2]), ..EditArticle::default() };
        assert_eq!(refused(twice), ["#/authors/1"]);
    }

    #[test]
    fn tags_that_sound_the_same_are_one() {
        let names = ["Self-care", "self care", "Anger"].map(str::to_owned).to_vec();
        let tags = check(EditArticle { tags: Some(names), ..EditArticle::default() }, Limits::WRITTEN).unwrap().tags;
        let tags: Vec<_> = tags.unwrap().into_iter().map(|tag| (tag.slug, tag.name)).collect();
        assert_eq!(tags, [("anger".into(), "Anger".into()), ("self-care".to_owned(), "Self-care".to_owned())]);
    }

    #[test]
    fn what_is_imported_may_be_blank() {
        let blank = EditArticle { title: Some(" ".into()), body: Some(String::new()), ..EditArticle::default() };
        assert_eq!(check(blank, Limits::IMPORTED).unwrap().title.as_deref(), Some(UNTITLED));
    }

    #[test]
    fn locales_have_one_letter_case() {
        for (given, kept) in [("EN", "en"), ("pt-br", "pt-BR"), ("ZH-hant-tw", "zh-Hant-TW"), ("en-x-uk", "en-x-uk")] {
            assert_eq!(locale(given).as_deref(), Some(kept));
        }
        for bad in ["", "e", "english", "en-", "en--GB", "en_GB", "12", "en-abcdefghi", "en\0"] {
            assert_eq!(locale(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name_and_sections_keep_their_ids() {
        let changes = |edit| check(edit, Limits::WRITTEN).unwrap();
        let body = "Lead.\n\n## Step 1: Wait\n\nA.\n\n## Step 2: Listen\n\nB.";
        let first = EditArticle { title: Some("T".into()), body: Some(body.into()), ..EditArticle::default() };
        let first = revise(&blank(), &changes(first)).unwrap();
        let ids = |content: &Content| {
            content.sections.as_array().unwrap().iter().map(|section| section["id"].clone()).collect::<Vec<_>>()
        };
        let moved = "## Step 1: Listen\n\nB.\n\n## Step 2: Wait\n\nA.";
        let edit = EditArticle { body: Some(moved.into()), ..EditArticle::default() };
        let second = revise(&first, &changes(edit)).unwrap();
        assert_eq!(ids(&second), [ids(&first)[2].clone(), ids(&first)[1].clone()]);
        assert_eq!((&second.title, second.comments), (&first.title, first.comments));
        assert_eq!(revise(&second, &Changes::default()).unwrap(), second);
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_and_stays_as_it_is(
            title in "\\PC{0,60}", body in "(.|\\n){0,200}", tag in "\\PC{0,20}", tag_of_language in "[a-zA-Z0-9-]{0,12}",
        ) {
            let edit = |title, body, tags, locale| EditArticle { title, body, tags, locale, ..EditArticle::default() };
            if let Ok(once) = check(edit(Some(title), Some(body), Some(vec![tag]), Some(tag_of_language)), Limits::WRITTEN) {
                let names = once.tags.iter().flatten().map(|tag| tag.name.clone()).collect();
                let again = edit(once.title.clone(), once.body.clone(), Some(names), once.locale.clone());
                prop_assert_eq!(check(again, Limits::WRITTEN).unwrap(), once);
            }
        }
    }
}
