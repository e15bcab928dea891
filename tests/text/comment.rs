//! How a comment's Markdown is shown, and how it reads as plain text.

use colloquy::text;
use proptest::prelude::*;

fn html(markdown: &str) -> String {
    text::comment(markdown).html
}

#[test]
fn renders_emphasis_and_code() {
    assert_eq!(html("**a** _b_ ~~c~~ `d*`"), "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d*</code></p>\n");
    assert_eq!(
        html("```rust\nlet a = b && c;\n```"),
        "<pre><code class=\"language-rust\">let a = b &amp;&amp; c;\n</code></pre>\n"
    );
}

#[test]
fn renders_lists_and_quotes() {
    assert_eq!(html("3. a\n4. b"), "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
    assert_eq!(html("> a\n\nb"), "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>\n");
}

#[test]
fn keeps_line_breaks_as_typed() {
    assert_eq!(html("Dear all,\nthank you"), "<p>Dear all,<br>\nthank you</p>\n");
}

#[test]
fn links_addresses_and_says_they_are_not_ours() {
    let rel = "rel=\"nofollow ugc noopener noreferrer\"";
    assert_eq!(
        html("[a](https://a.example \"t\")"),
        format!("<p><a href=\"https://a.example\" title=\"t\" {rel}>a</a></p>\n")
    );
    assert_eq!(
        html("https://a.example/b?c=d&e"),
        format!("<p><a href=\"https://a.example/b?c=d&amp;e\" {rel}>https://a.example/b?c=d&amp;e</a></p>\n")
    );
    assert_eq!(html("me@a.example"), format!("<p><a href=\"mailto:me@a.example\" {rel}>me@a.example</a></p>\n"));
}

#[test]
fn headings_become_bold_lines() {
    assert_eq!(html("# a\n\nb\n=\n"), "<p><strong>a</strong></p>\n<p><strong>b</strong></p>\n");
}

#[test]
fn raw_html_is_shown_as_typed() {
    assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(html("<div>\n*a*\n</div>"), "<p>&lt;div&gt;<br>\n*a*<br>\n&lt;/div&gt;</p>\n");
}

#[test]
fn nesting_ends_somewhere_and_the_text_stays() {
    let rendered = text::comment(&format!("{}deep", "> ".repeat(1_000)));
    assert_eq!(rendered.text, "deep");
    assert_eq!(rendered.html.matches("<blockquote>").count(), 64);
}

#[test]
fn text_reads_like_the_comment() {
    let markdown = "# Hello **you**\none\ntwo\n\n> quote\n\n1. first\n2. second\n   - inner\n\n```\ncode\n\n  more\n```\n[a word](https://a.example) &amp; ~~so~~ `on`\n\n---\nend";
    let text = text::comment(markdown).text;
    assert_eq!(
        text,
        "Hello you\n\none\ntwo\n\nquote\n\n1. first\n2. second\n• inner\n\ncode\n\n  more\n\na word & so on\n\nend"
    );
}

/// Markdown with no code and no escapes, so that none of its punctuation is the writer's own.
fn inline() -> impl Strategy<Value = String> {
    let word = "[a-z]{1,8}".prop_map(String::from).boxed();
    word.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|text| format!("**{text}**")),
            inner.clone().prop_map(|text| format!("_{text}_")),
            inner.clone().prop_map(|text| format!("~~so {text} so~~")),
            "[a-z]{1,8}".prop_map(|text| format!("[*{text}*](https://a.example/b \"t\")")),
            "[a-z]{1,8}".prop_map(|text| format!("![{text}](https://a.example/b.png)")),
            prop::collection::vec(inner, 1..4).prop_map(|texts| texts.join(" ")),
        ]
    })
}

fn block() -> impl Strategy<Value = String> {
    let paragraph = inline().boxed();
    paragraph.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            inline().prop_map(|text| format!("## {text}")),
            inner.clone().prop_map(|block| format!("> {}", block.replace('\n', "\n> "))),
            inner.clone().prop_map(|block| format!("- {}", block.replace('\n', "\n  "))),
            inner.clone().prop_map(|block| format!("1. {}", block.replace('\n', "\n   "))),
            prop::collection::vec(inner, 1..4).prop_map(|blocks| blocks.join("\n\n")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_holds_no_markup(markdown in block()) {
        let text = text::comment(&markdown).text;
        for line in text.lines() {
            let words = line.trim_start_matches(|c: char| c == '•' || c == ' ' || c == '.' || c.is_ascii_digit());
            prop_assert!(words.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{line:?} from {markdown:?}");
        }
        let article = text::article(&markdown, &[]).text;
        prop_assert!(!article.contains(['*', '_', '~', '[', ']', '(', ')', '#', '>', '<', '&']), "{article:?}");
    }

    #[test]
    fn text_is_trimmed_and_never_has_two_blank_lines(markdown in block()) {
        let text = text::comment(&markdown).text;
        prop_assert_eq!(text.trim(), text.as_str());
        prop_assert!(!text.contains("\n\n\n"));
    }
}
