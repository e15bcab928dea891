//! A post or a page as an article.

use super::{
    addresses,
    markdown::{self, Note},
    types::{Discussion, Domain, Item, ItemKind, Site, Status, Term},
};
use crate::{
    articles::{self, CommentPolicyInput, CreateArticle, NewArticle},
    error::{Error, Result},
    secrets::sha256,
    text::{self, Bounds},
    transfer::report::Tally,
};
use uuid::Uuid;

/// What articles take; what is longer would be refused there.
const SUMMARY: Bounds = Bounds::new(0, 500);
const TAG: Bounds = Bounds::new(0, 60);

/// The longest name of a thing in the file that a report repeats.
const LABEL: Bounds = Bounds::new(0, 40);

/// Why an item is none that becomes an article.
pub fn left_out(item: &Item) -> Option<String> {
    match (&item.kind, &item.status) {
        (ItemKind::Attachment, _) => Some("attachments".into()),
        (ItemKind::Other(kind), _) => Some(format!("items of the kind {}", label(kind))),
        (_, Status::Trash) => Some("posts and pages in the trash".into()),
        (_, Status::Other(status)) if status == "auto-draft" => Some("drafts that nobody saved".into()),
        _ => None,
    }
}

/// Whether everybody could read it. What was for some only is for nobody until somebody publishes it here.
pub fn is_public(item: &Item) -> bool {
    item.status == Status::Published && !item.is_protected
}

/// Where the comments of an item were found, without `#comment-123`.
pub fn permalink(item: &Item, site: &Site) -> Option<String> {
    addresses(item, site).into_iter().next()
}

/// The article that an item is, with all its `terms`.
pub fn article(item: &Item, terms: &[&Term], site: &Site, authors: Vec<Uuid>, tally: &mut Tally) -> NewArticle {
    let body = markdown::article(&item.content_html, &site.link);
    note(&body.notes, tally);
    let body = text::mend(&body.markdown, Bounds::new(0, usize::MAX));
    let title = text::mend_line(&markdown::plain_text(&item.title), Bounds::TITLE);
    let summary = text::mend(&markdown::plain_text(&item.excerpt_html), SUMMARY);
    tally.change("bodies without characters that no text may hold", body.changed.into());
    tally.change("titles that were too long or held what no title may", title.changed.into());
    tally.change("excerpts that were too long or held what no text may", summary.changed.into());
    let public = is_public(item);
    if item.status == Status::Published && item.is_protected {
        tally.change("posts with a password, now drafts", 1);
    }
    NewArticle {
        article: CreateArticle {
            title: title.text,
            body: body.text,
            slug: Some(item.slug.clone()).filter(|slug| !slug.is_empty()),
            summary: Some(summary.text),
            tags: Some(tags(terms, tally)),
            locale: Some(site.language.clone()).filter(|tag| is_language_tag(tag)),
            comments: Some(CommentPolicyInput {
                open: Some(item.comments == Discussion::Open),
                ..CommentPolicyInput::default()
            }),
            authors: Some(authors),
        },
        status: if public { articles::Status::Published } else { articles::Status::Draft },
        // A draft has no date of publication here, so that a later import may publish it.
        published_at: item.date.filter(|_| public),
        updated_at: item.modified.or(item.date),
        addresses: addresses(item, site),
    }
}

/// The names of categories and tags.
fn tags(terms: &[&Term], tally: &mut Tally) -> Vec<String> {
    let mut names = Vec::new();
    for term in terms {
        if let Domain::Other(domain) = &term.domain {
            tally.leave(format!("terms of {}", label(domain)));
            continue;
        }
        let name = text::mend_line(&markdown::plain_text(&term.name), TAG);
        tally.change("names of tags that were too long or held what no name may", name.changed.into());
        if name.text.chars().any(char::is_alphanumeric) {
            names.push(name.text);
        } else {
            tally.leave("tags without a name");
        }
    }
    names
}

/// Counts what a conversion could not keep.
pub fn note(notes: &[Note], tally: &mut Tally) {
    for note in notes {
        tally.change(format!("{} {}", meaning(note.change), label(&note.name)), note.count.into());
    }
}

const fn meaning(change: markdown::Change) -> &'static str {
    use markdown::Change;
    match change {
        Change::ShortcodeLeft => "left as text: the unknown shortcode",
        Change::ShortcodeRemoved => "removed: the shortcode",
        Change::ElementRemoved => "removed: the element",
        Change::EmbedLinked => "now a link: the embedded",
        Change::ImageLinked => "now a link: the image in",
        Change::ImageRemoved => "removed: an image without an address, in",
        Change::Flattened => "nested too deep, now flatter:",
    }
}

/// A name out of the file, fit to be printed.
fn label(name: &str) -> String {
    let name = text::mend_line(name, LABEL).text;
    name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '…')).collect()
}

/// Whether the site's language has the form of a language tag (BCP 47).
fn is_language_tag(language: &str) -> bool {
    let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = language.split('-').next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && language.len() <= 35
        && language.split('-').all(well_formed)
}

/// What an item says, in short: when it is the same again, what was made of it here stays, even if it was edited here
/// since, or would be converted differently by now.
///
/// # Errors
/// Only if the item does not serialise.
pub fn digest(item: &Item) -> Result<Vec<u8>> {
    let terms: Vec<_> = item.terms.iter().map(|term| (&term.nicename, &term.name)).collect();
    let said = (
        (&item.title, &item.slug, &item.link, &item.guid, &item.author_login),
        (&item.content_html, &item.excerpt_html),
        (is_public(item), item.date, item.comments == Discussion::Open, terms),
    );
    Ok(sha256(&serde_json::to_vec(&said).map_err(Error::internal)?))
}
