//! Where items were to be found on the old site.

use colloquy::transfer::{Item, ItemKind, Site, addresses};

fn former(site: &str, kind: ItemKind, id: &str, link: &str, guid: &str) -> Vec<String> {
    let site = Site { link: site.to_owned(), ..Site::default() };
    let [external_id, link, guid] = [id, link, guid].map(str::to_owned);
    addresses(&Item { external_id, kind, link, guid, ..Item::default() }, &site)
}

#[test]
fn a_post_has_its_path_and_its_short_form_once() {
    let known = former(
        "https://blog.example",
        ItemKind::Post,
        "10",
        "https://blog.example/2018/05/win-back/",
        "https://blog.example/?p=10",
    );
    assert_eq!(known, ["/2018/05/win-back", "/?p=10"]);
}

#[test]
fn a_page_has_both_short_forms() {
    let known = former(
        "https://blog.example/",
        ItemKind::Page,
        "2",
        "http://blog.example/about",
        "https://old.example/?page_id=2",
    );
    assert_eq!(known, ["/about", "/?page_id=2", "/?p=2"]);
}

#[test]
fn a_site_below_the_root_keeps_its_path() {
    let known = former(
        "https://x.example/blog/",
        ItemKind::Post,
        "7",
        "https://x.example/blog/post/?lang=da#comments",
        "urn:uuid:1",
    );
    assert_eq!(known, ["/blog/post?lang=da", "/blog?p=7"]);
}

#[test]
fn the_front_page_and_what_is_no_address_are_left_out() {
    assert_eq!(former("https://x.example", ItemKind::Post, "", "https://x.example/", ""), [""; 0]);
    assert_eq!(former("https://x.example/b", ItemKind::Post, "no number", "https://x.example/b", "tag:x"), [""; 0]);
    assert_eq!(former("", ItemKind::Post, "3", "https://x.example?p=3", "/relative"), ["/?p=3"]);
}
