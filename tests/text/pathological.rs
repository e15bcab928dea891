//! Much of everything that has ever made a Markdown or HTML parser recurse too deep or take quadratic time. Each case runs
//! on a small stack: were anything to recurse with the input, it would overflow here first. The sizes are such that
//! quadratic time would be felt and linear time is not; the worst of each kind come once more at an article's full length.

use std::fmt::Write;

use colloquy::text;

/// In bytes; more than a comment may have.
const SIZE: usize = 40_000;
const FULL_SIZE: usize = 500_000;
const STACK: usize = 256 * 1024;

fn fill(unit: &str) -> String {
    unit.repeat(SIZE / unit.len())
}

fn half(unit: &str) -> String {
    unit.repeat(SIZE / 2 / unit.len())
}

fn numbered(count: usize, unit: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, i| {
        let _ = text.write_str(&unit(i));
        text
    })
}

/// Renders as comment and as article; that this returns at all is what is tested.
fn survives(cases: Vec<String>) {
    for case in cases {
        grows_less_than(40, &case, |markdown| text::comment(markdown).html);
        grows_less_than(80, &case, |markdown| text::article(markdown, &[]).html);
    }
}

fn grows_less_than(times: usize, markdown: &str, render: fn(&str) -> String) {
    let name = markdown.chars().take(20).collect::<String>();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || render(markdown).len());
        let length = thread.expect("a thread starts").join().expect("rendering does not panic");
        assert!(length < markdown.len() * times, "{name:?} grew to {length} bytes");
    });
}

#[test]
fn survives_full_length() {
    for unit in [">", "[", "*a **a ", "<b>"] {
        grows_less_than(80, &unit.repeat(FULL_SIZE / unit.len()), |markdown| text::article(markdown, &[]).html);
    }
}

#[test]
fn survives_deep_nesting() {
    survives(vec![
        fill(">"),
        fill("> "),
        fill("* + - "),
        fill("1. "),
        half("* + - ") + "a\n" + &half("\n"),
        half("> ") + "a\n" + &half(">\n"),
        half("> ") + "a\n" + &half("b\n"),
        numbered(280, |i| "  ".repeat(i) + "- a\n"),
        half("*a **a ") + &half(" a** a*"),
    ]);
}

#[test]
fn survives_open_brackets_and_delimiters() {
    survives(vec![
        fill("["),
        fill("!["),
        fill("*"),
        fill("*a "),
        fill("*a **a "),
        fill("~~a "),
        fill("a_b"),
        fill("[a](<b"),
        fill("[](((("),
        "[".repeat(SIZE / 2) + &"](a)".repeat(SIZE / 8),
        "![".repeat(SIZE / 4) + &"](a)".repeat(SIZE / 8),
        numbered(400, |i| format!("e{}", "`".repeat(i))),
        fill("\\*"),
    ]);
}

#[test]
fn survives_many_small_parts() {
    survives(vec![
        fill("a\n\n"),
        fill("# a\n"),
        fill("a\n=\n"),
        fill("- a\n"),
        fill("```\n"),
        fill("|a|\n|-|\n"),
        half("|a") + "\n" + &half("|-") + "\n",
        "|a".repeat(300) + "|\n" + &"|-".repeat(300) + "|\n" + &"|\n".repeat(SIZE / 4),
        fill("[a](b)"),
        fill("www.a "),
        fill("a@b.c "),
        fill("a@"),
        fill("http://"),
        fill("<"),
        fill("&amp;"),
        fill("\t"),
        fill("\0"),
        fill("a\u{301}"),
    ]);
}

#[test]
fn survives_references_and_footnotes() {
    survives(vec![
        fill("[a]: b\n"),
        format!("[a]: {}\n", "b".repeat(100)) + &fill("[a]"),
        fill("[^1]:"),
        half("[^1]:") + &half("\n"),
        "[^1]: a\n\n".to_owned() + &fill("[^1]"),
        numbered(4_000, |i| format!("[^{i}]\n\n[^{i}]: a\n\n")),
    ]);
}

#[test]
fn survives_raw_html() {
    survives(vec![
        fill("<a "),
        fill("<!--"),
        fill("<![CDATA["),
        fill("<?"),
        fill("<!A "),
        fill("<div>"),
        fill("<blockquote>"),
        fill("<blockquote>\n\n"),
        fill("<table><tr><td>"),
        fill("<ul><li>"),
        fill("<b>"),
        fill("<a href=\"https://a.example\">"),
        fill("<svg><math>"),
        fill("<script>"),
        fill("<select><option>"),
        fill("<h2>"),
        fill("</p>"),
        fill("</b></i>"),
        half("<b>") + &half("</i>"),
        numbered(5_000, |i| format!("<b title={i}>")) + &half("<p>"),
        numbered(5_000, |i| format!("<abbr title={i}>")) + "\n\n" + &half("a\n\n"),
        numbered(5_000, |i| format!("<b id={i}><table><td></b></td></table>")),
        "<table ".to_owned() + &numbered(15_000, |i| format!("a{i} ")) + ">",
        "<p title=\"".to_owned() + &fill("a"),
    ]);
}
