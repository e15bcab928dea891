//! What stands in an export of each version.

use chrono::{DateTime, Utc};
use colloquy::transfer::{
    Approved, Author, Category, Comment, CommentKind, Discussion, Domain, Entry, Flaw, Item, ItemEnd, ItemKind, Site,
    Status, Tag, Term, Warning,
};

use crate::read;

pub const V1_0: &str = include_str!("exports/wxr-1.0.xml");
pub const V1_1: &str = include_str!("exports/wxr-1.1.xml");
pub const V1_2: &str = include_str!("exports/wxr-1.2.xml");

fn time(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok()
}

fn term(domain: Domain, nicename: &str, name: &str) -> Term {
    Term { domain, nicename: nicename.to_owned(), name: name.to_owned() }
}

#[test]
fn version_1_0_has_logins_only_and_writes_terms_twice() {
    let entries = read(V1_0);
    let site = Site {
        title: "Harbour & Hill".to_owned(),
        link: "http://harbour.example".to_owned(),
        language: "en".to_owned(),
        wxr_version: "1.0".to_owned(),
    };
    let item = Item {
        external_id: "7".to_owned(),
        kind: ItemKind::Post,
        title: "The first box".to_owned(),
        slug: "the-first-box".to_owned(),
        link: "http://harbour.example/2010/02/the-first-box/".to_owned(),
        guid: "http://harbour.example/?p=7".to_owned(),
        status: Status::Published,
        date: time("2010-02-01T18:30:00Z"),
        modified: None,
        author_login: "maren".to_owned(),
        content_html: "Every box has a <em>story</em>.\n\nSome have two.".to_owned(),
        excerpt_html: String::new(),
        comments: Discussion::Open,
        pings: Discussion::Closed,
        parent_external_id: None,
        is_protected: false,
        is_sticky: false,
        terms: vec![term(Domain::Category, "moving-house", "Moving house"), term(Domain::PostTag, "boxes", "Boxes")],
    };
    let comments = vec![
        Comment {
            external_id: "31".to_owned(),
            author_name: "Tove".to_owned(),
            author_email: "tove@reader.example".to_owned(),
            author_url: "http://tove.example/?page=1&from=harbour".to_owned(),
            date: time("2010-02-02T07:00:00Z"),
            content: "Ours had three.".to_owned(),
            approved: Approved::Visible,
            ..Comment::default()
        },
        Comment {
            external_id: "32".to_owned(),
            author_name: "A <great> blog".to_owned(),
            author_url: "http://other.example/boxes/".to_owned(),
            date: time("2010-02-03T08:00:00Z"),
            content: "[...] every box has a story [...]".to_owned(),
            approved: Approved::Visible,
            kind: CommentKind::Pingback,
            ..Comment::default()
        },
    ];
    let category = Category { nicename: "moving-house".to_owned(), name: "Moving house".to_owned() };
    let expected = [
        Entry::Site(site),
        Entry::Category(category),
        Entry::Tag(Tag { slug: "boxes".to_owned(), name: "Boxes".to_owned() }),
        Entry::ItemStart(Box::new(item)),
        Entry::Warning(Warning {
            line: 63,
            field: "wp:comment_author_url".to_owned(),
            flaw: Flaw::StrayReferences,
            count: 1,
        }),
        Entry::Comments(comments),
        Entry::ItemEnd(ItemEnd { external_id: "7".to_owned(), late_terms: Vec::new() }),
    ];
    assert_eq!(entries, expected);
}

#[test]
fn no_network_address_is_kept() {
    assert!(V1_0.contains("192.0.2.7"));
    assert!(!format!("{:?}", read(V1_0)).contains("192.0.2."));
}

#[test]
fn version_1_1_has_authors_pages_drafts_and_attachments() {
    let entries = read(V1_1);
    let authors: Vec<&Author> =
        entries.iter().filter_map(|e| if let Entry::Author(a) = e { Some(a) } else { None }).collect();
    let names: Vec<_> =
        authors.iter().map(|a| (a.external_id.as_str(), a.login.as_str(), a.display_name.as_str())).collect();
    assert_eq!(names, [("4", "sixten", "Sixten Øst"), ("5", "guest-cook", "guest-cook")]);

    let items = items(&entries);
    let [page, draft, attachment, menu] = items.as_slice() else {
        panic!("{items:?}");
    };
    assert_eq!((&page.kind, &page.status, page.is_protected), (&ItemKind::Page, &Status::Published, true));
    assert_eq!((page.excerpt_html.as_str(), page.comments), ("Who we are", Discussion::Closed));
    assert_eq!((&draft.kind, &draft.status, draft.is_sticky), (&ItemKind::Post, &Status::Draft, true));
    assert_eq!(draft.date, time("2011-06-01T12:00:00Z"), "the local date, for lack of another");
    assert_eq!((draft.parent_external_id.as_deref(), draft.slug.as_str()), (Some("2"), ""));
    assert_eq!((&attachment.kind, &attachment.status), (&ItemKind::Attachment, &Status::Inherit));
    assert_eq!((attachment.date, attachment.comments), (None, Discussion::Closed));
    assert_eq!(menu.kind, ItemKind::Other("nav_menu_item".to_owned()));
    assert!(!entries.iter().any(|entry| matches!(entry, Entry::Comments(_))));
}

#[test]
fn version_1_2_has_split_cdata_states_and_children_before_parents() {
    let entries = read(V1_2);
    let item = items(&entries).remove(0);
    assert_eq!(
        item.content_html,
        "<!-- wp:paragraph -->\n<p>An array ends with ]]> sometimes.</p>\n<!-- /wp:paragraph -->"
    );
    assert_eq!(item.excerpt_html, "Silence &hellip;");
    assert_eq!(item.modified, time("2022-11-06T08:00:00Z"));
    assert_eq!(
        item.terms,
        [
            term(Domain::PostTag, "silence", "Silence"),
            term(Domain::Other("post_format".to_owned()), "post-format-aside", "Aside")
        ]
    );
    let comments = comments(&entries);
    let seen: Vec<_> =
        comments.iter().map(|c| (c.external_id.as_str(), c.parent_external_id.as_deref(), c.approved)).collect();
    assert_eq!(
        seen,
        [
            ("502", Some("501"), Approved::Visible),
            ("501", None, Approved::Visible),
            ("503", Some("502"), Approved::Pending),
            ("504", None, Approved::Spam),
            ("505", None, Approved::Trash),
        ]
    );
    assert_eq!(comments[0].user_external_id.as_deref(), Some("1"));
    assert_eq!(comments[1].user_external_id, None);
    assert_eq!(comments[4].kind, CommentKind::Trackback);
    assert_eq!(
        entries.last(),
        Some(&Entry::ItemEnd(ItemEnd {
            external_id: "40".to_owned(),
            late_terms: vec![term(Domain::Category, "late", "Late")]
        }))
    );
}

pub fn items(entries: &[Entry]) -> Vec<Item> {
    entries.iter().filter_map(|e| if let Entry::ItemStart(item) = e { Some((**item).clone()) } else { None }).collect()
}

pub fn comments(entries: &[Entry]) -> Vec<Comment> {
    entries
        .iter()
        .filter_map(|e| if let Entry::Comments(batch) = e { Some(batch.clone()) } else { None })
        .flatten()
        .collect()
}
