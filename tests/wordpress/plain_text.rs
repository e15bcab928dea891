//! Words without markup, for titles, names and excerpts.

use colloquy::transfer::markdown::plain_text;

#[test]
fn only_words_remain() {
    for (html, words) in [
        ("", ""),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("O&#039;Brien &lt;3", "O'Brien <3"),
        ("A <em>good</em> day", "A good day"),
        ("<p>One</p><p>two<br>three</p>", "One two three"),
        ("a < b & c > d", "a < b & c > d"),
        ("  a \n\n b&nbsp;c ", "a b c"),
        ("x<script>alert('y')</script>z", "xz"),
        ("It&#146;s &unknown; &#xD800; &#99999999;", "It’s &unknown; &#xD800; &#99999999;"),
        ("a<!-- hidden -->b", "ab"),
        ("cut <a href=\"x", "cut <a href=\"x"),
        ("\u{10F02A}private", "private"),
    ] {
        assert_eq!(plain_text(html), words, "{html}");
    }
}
