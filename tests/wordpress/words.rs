//! Whatever a text has in it, its words are the same when it is shown as Markdown.

use colloquy::{text, transfer::markdown};
use proptest::prelude::*;

const MARKUP: [&str; 68] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<em>",
    "</em>",
    "<i>",
    "</i>",
    "<del>",
    "</del>",
    "<code>",
    "</code>",
    "<a href=\"https://x.example/a_(b)*c?d=1&amp;e\">",
    "</a>",
    "<a href=/relative>",
    "<a href=\"javascript:x\">",
    "<blockquote>",
    "</blockquote>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<ol start=7>",
    "</ol>",
    "<li>",
    "</li>",
    "<h2>",
    "</h2>",
    "<h4>",
    "</h4>",
    "<pre>",
    "</pre>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "</th>",
    "<td colspan=2>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<img src=https://x.example/i.png alt='an [image] *'>",
    "<br>",
    "<br />",
    "<hr>",
    "<sub>",
    "</sub>",
    "<span style='x'>",
    "</span>",
    "&lt;",
    "&amp;",
    "&#42;",
    "&nbsp;",
    "<!-- c -->",
    "<unknown>",
    "\n",
    "\n\n",
    " ",
    "https://x.example/a_b~c*d",
    "www.x.example/_a_",
    "a_b@x.example",
];

/// A text made of markup in any order, words, and the characters Markdown reads.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&MARKUP[..]).prop_map(str::to_owned),
        2 => "[a-z“”é中]{1,4}",
        3 => r#"[-*_#+.>`~=|!\[\]()<&;:@$^"'/\\ 0-9a-c\n]{1,6}"#,
        1 => r"(1\. |- |# |> |\* |---|===|```|~~~|\[a\]: b|\||:-:|!\[|\]\()",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && !"“”".contains(*character)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn an_article_shows_the_same_words(source in texts()) {
        let converted = markdown::article(&source, "https://blog.example");
        let shown = letters(&markdown::plain_text(&text::article(&converted.markdown, &[]).html));
        prop_assert_eq!(letters(&markdown::plain_text(&source)), shown, "{}", converted.markdown);
    }

    #[test]
    fn a_comment_shows_the_same_words(source in texts()) {
        let source = source.replace("<img", "<span");
        let converted = markdown::comment(&source);
        let shown = letters(&markdown::plain_text(&text::comment(&converted.markdown).html));
        prop_assert_eq!(letters(&markdown::plain_text(&source)), shown, "{}", converted.markdown);
    }
}
