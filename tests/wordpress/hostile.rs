//! Texts made to take time or space: each of these, repeated, has been the bane of some parser.

use colloquy::transfer::markdown;

const LENGTH: usize = 16 * 1024;

const PATTERNS: [&str; 56] = [
    "<",
    "<a",
    "<a b=\"",
    "<a b=\">",
    "</a",
    "<!--",
    "<!",
    "<script>",
    "<svg><",
    "&",
    "&lt",
    "[",
    "[a ",
    "[a b=c]",
    "[caption ",
    "[caption]x",
    "]",
    "](",
    "![",
    "*",
    "_",
    "~",
    "`",
    "`` ` ",
    "<code>`",
    "<code>a</code><b>x</b>",
    "<b>",
    "<b><p>",
    "<b id=1>x<p>",
    "<b>!</b>x",
    "x</b><b>",
    "<i>x</i><b>y</b>",
    "<a href=/x>y",
    "<ul>",
    "<ul><li>x",
    "<li>x",
    "<ol start=7><li>x",
    "<blockquote>",
    "<blockquote>x",
    "<table>",
    "<table><tr><td>x",
    "<td>x",
    "<caption>x",
    "<figure>",
    "<figure><img src=https://x/y><figcaption>z",
    "<h2>",
    "<pre>",
    "<pre>```x</pre>",
    "x\n",
    "x\n\n",
    "1.",
    "http://a",
    "(((http://a)))",
    "www.a",
    "<br>x",
    "<q>x",
];

#[test]
fn every_text_is_converted_to_one_of_like_length() {
    for pattern in PATTERNS {
        let text = pattern.repeat(LENGTH / pattern.len());
        for converted in [markdown::article(&text, "https://blog.example"), markdown::comment(&text)] {
            let length = converted.markdown.len();
            assert!(length <= 16 * LENGTH, "{pattern:?} became {length} bytes");
        }
    }
}

#[test]
fn wide_tables_are_not_padded() {
    let wide = "w".repeat(10_000);
    let rows = "<tr><td>x</td></tr>".repeat(400);
    let converted = markdown::article(&format!("<table><tr><th>{wide}</th></tr>{rows}</table>"), "");
    assert!(converted.markdown.len() < 20_000);
}
