//! Comments as Markdown, exactly.

use colloquy::transfer::markdown::{self, Change, Note};

#[test]
fn a_comment_is_text_with_a_few_elements() {
    for (content, expected) in [
        ("", ""),
        ("Thank you!", "Thank you!"),
        ("Dear Ines \u{2013}\n\nfirst\nsecond\n\n\n\nthird", "Dear Ines \u{2013}\n\nfirst\\\nsecond\n\nthird"),
        ("become #1 with him again", "become #1 with him again"),
        ("# not a heading\n* not a list\n1. nor this", "\\# not a heading\\\n\\* not a list\\\n1\\. nor this"),
        ("I <3 this :) 2 < 3 > 1", "I \\<3 this :) 2 < 3 > 1"),
        ("*sigh* he_said_so __init__", "\\*sigh\\* he_said_so \\_\\_init\\_\\_"),
        ("<strong>Yes</strong>, <em>really</em>, <code>a_b</code>", "**Yes**, *really*, `a_b`"),
        ("<blockquote>You said</blockquote>\nI did", "> You said\n\nI did"),
        ("<a href=\"http://x.example/\" rel=\"nofollow\">my site</a>", "[my site](http://x.example/)"),
        ("see http://x.example/a?b=c&amp;d.", "see <http://x.example/a?b=c&d>."),
        ("<a href='javascript:x'>click</a> &lt;script&gt;", "click \\<script>"),
        ("[gallery] and [embed]x[/embed]", "\\[gallery] and [embed]x[/embed]"),
        (
            "\u{4E2D}\u{6587}<b>\u{5F3A}\u{8C03}\u{FF1A}</b>\u{4E2D}",
            "\u{4E2D}\u{6587}**\u{5F3A}\u{8C03}**\u{FF1A}\u{4E2D}",
        ),
    ] {
        assert_eq!(markdown::comment(content), expected_without_notes(expected), "of {content}");
    }
}

fn expected_without_notes(markdown: &str) -> markdown::Converted {
    markdown::Converted { markdown: markdown.to_owned(), notes: Vec::new() }
}

#[test]
fn what_only_articles_may_have_becomes_text() {
    let content = "<h2>Big</h2><img src=\"https://x.example/i.png\" alt=\"me\"><table><tr><td>a</td><td>b</td></tr></table>\
                   x<sup>2</sup><hr><figure><figcaption>c</figcaption></figure><script>y</script>";
    let converted = markdown::comment(content);
    assert_eq!(converted.markdown, "Big\n\n[me](https://x.example/i.png)\n\na\n\nb\n\nx2\n\nc");
    let note = |change, name: &str| Note { change, name: name.to_owned(), count: 1 };
    assert_eq!(converted.notes, [note(Change::ImageLinked, "img"), note(Change::ElementRemoved, "script")]);
}
