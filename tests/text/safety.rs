//! Nothing that anybody writes runs, loads or leads anywhere it should not, whoever it is shown to.

use colloquy::text;
use proptest::prelude::*;

use crate::corpus::{ATTACKS, MARKUP};
use crate::reparse::{assert_safe_article, assert_safe_comment, elements, letters, values};

/// Where an attack may stand.
const PLACES: &[&str] = &[
    "{}",
    "a {} b",
    "> {}",
    "- {}\n- b",
    "# {}\n\nb",
    "**{}**",
    "[{}](https://a.example)",
    "`{}",
    "<b>\n\n{}",
    "|a|\n|-|\n|{}|",
];

#[test]
fn comment_survives_every_attack() {
    for attack in ATTACKS {
        for place in PLACES {
            let comment = text::comment(&place.replace("{}", attack));
            assert_safe_comment(&comment.html);
            assert_same_words(&comment.html, &comment.text);
        }
    }
}

#[test]
fn article_survives_every_attack() {
    for attack in ATTACKS {
        for place in PLACES {
            let article = text::article(&place.replace("{}", attack), &[]);
            assert_safe_article(&article.html);
            for section in &article.sections {
                assert_safe_article(&section.html);
            }
        }
    }
}

#[test]
fn comment_shows_raw_html_as_typed() {
    for attack in ATTACKS.iter().filter(|attack| attack.starts_with("<script>") || attack.starts_with("<svg>")) {
        let rendered = text::comment(attack);
        assert_eq!(rendered.text, attack.replace("&#x09;", "\t"), "{attack}");
        assert!(elements(&rendered.html).iter().all(|name| name == "p" || name == "br"));
    }
}

#[test]
fn comment_turns_images_into_links() {
    let html = text::comment("![a cat](https://a.example/cat.png) ![](https://b.example/x.png) [![in](https://c.example/y.png)](https://d.example)").html;
    assert!(!elements(&html).contains(&"img".to_owned()));
    assert_eq!(values(&html, "href"), ["https://a.example/cat.png", "https://b.example/x.png", "https://d.example"]);
    assert_eq!(letters(&html), "acathttps://b.example/x.pngin");
}

#[test]
fn comment_has_no_tables() {
    let html = text::comment("|a|b|\n|-|-|\n|c|d|").html;
    assert_eq!(html, "<p>|a|b|<br>\n|-|-|<br>\n|c|d|</p>\n");
}

#[test]
fn links_that_lead_nowhere_safe_become_text() {
    for address in ["javascript:alert(1)", "/path", "//host", "tel:1", "ftp://a.example", "https:", "#place"] {
        let html = text::comment(&format!("[word]({address})")).html;
        assert_eq!(html, "<p>word</p>\n", "{address}");
    }
}

#[test]
fn articles_keep_https_images_only() {
    let html = text::article("![a](https://a.example/x.png \"t\") ![b](http://a.example/x.png) ![c](x.png)", &[]).html;
    assert_eq!(html, "<p><img src=\"https://a.example/x.png\" alt=\"a\" title=\"t\" loading=\"lazy\">  </p>\n");
}

fn assert_same_words(html: &str, text: &str) {
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    assert_eq!(words(&letters(html)), words(text), "{html}");
}

/// Texts made of everything that means something to Markdown or to HTML.
fn markup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(MARKUP);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comments_are_safe(markdown in markup()) {
        let comment = text::comment(&markdown);
        assert_safe_comment(&comment.html);
        assert_same_words(&comment.html, &comment.text);
    }

    #[test]
    fn articles_are_safe(markdown in markup()) {
        let article = text::article(&markdown, &[]);
        assert_safe_article(&article.html);
        prop_assert_eq!(article.sections.iter().map(|section| section.html.as_str()).collect::<String>(), article.html);
    }

    #[test]
    fn anything_is_safe(markdown in "\\PC{0,200}") {
        assert_safe_comment(&text::comment(&markdown).html);
        assert_safe_article(&text::article(&markdown, &[]).html);
    }
}
