//! Bodies of posts as Markdown, exactly.

use colloquy::text;
use colloquy::transfer::markdown::{self, Change, Note};

fn converted(html: &str) -> String {
    markdown::article(html, "https://blog.example/notes").markdown
}

fn note(change: Change, name: &str, count: u32) -> Note {
    Note { change, name: name.to_owned(), count }
}

/// Compares each body with the Markdown it must become.
fn assert_all(cases: &[(&str, &str)]) {
    for (html, markdown) in cases {
        assert_eq!(converted(html), *markdown, "of {html}");
    }
}

#[test]
fn a_classic_post_of_six_steps_keeps_its_steps() {
    let html = "It isn\u{2019}t easy to come home &amp; find the <strong>chairs</strong> gone.\nStill, there is a way.\n\n\
        <h2>Step 1: Count what is left</h2>\n\nBegin with the table.\n\n\
        <h2>Step 2: Ask</h2>\n\nSomebody knows.\n\n\
        <h2>Step 3: Wait <em>a day</em></h2>\n\n&nbsp;\n\nNot two.\n\n\
        <h2><strong>Step 4: Ask again</strong></h2>\n<ul>\n\t<li>kindly</li>\n\t<li>in writing</li>\n</ul>\n\n\
        <h2>Step 5: Borrow</h2>\nA chair is a chair.<!--more-->\n\n\
        <h2>\nStep 6: Sit down\n</h2>\n<blockquote>The floor holds everyone.</blockquote>\n";
    let markdown = "It isn\u{2019}t easy to come home & find the **chairs** gone.\\\nStill, there is a way.\n\n\
        ## Step 1: Count what is left\n\nBegin with the table.\n\n\
        ## Step 2: Ask\n\nSomebody knows.\n\n\
        ## Step 3: Wait *a day*\n\nNot two.\n\n\
        ## Step 4: Ask again\n\n- kindly\n- in writing\n\n\
        ## Step 5: Borrow\n\nA chair is a chair.\n\n\
        ## Step 6: Sit down\n\n> The floor holds everyone.";
    assert_eq!(converted(html), markdown);

    let sections = text::article(markdown, &[]).sections;
    let headings: Vec<&str> = sections.iter().filter_map(|section| section.heading.as_deref()).collect();
    assert_eq!(sections[0].heading, None, "the lead");
    assert_eq!(
        headings,
        [
            "Step 1: Count what is left",
            "Step 2: Ask",
            "Step 3: Wait a day",
            "Step 4: Ask again",
            "Step 5: Borrow",
            "Step 6: Sit down"
        ]
    );
}

#[test]
fn what_stays_html_is_shown() {
    let html = "[caption]<img src=\"https://x.example/i.png\" alt=\"i\"> My <em>own</em> &lt;house&gt;[/caption]\n\
        <table><caption>T</caption><tr><td colspan=\"2\">a*b<br>c</td></tr></table>\nx<sup>2</sup>";
    let shown = text::article(&converted(html), &[]).html;
    for part in [
        "<figcaption>My <em>own</em> &lt;house&gt;</figcaption></figure>",
        "<caption>T</caption>",
        "<td colspan=\"2\">a*b<br>c</td>",
        "x<sup>2</sup>",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(shown.contains("<img src=\"https://x.example/i.png\" alt=\"i\""), "{shown}");
}

#[test]
fn a_post_of_the_block_editor_keeps_its_steps() {
    let step = |number: usize, text: &str| {
        format!(
            "<!-- wp:heading {{\"level\":2}} -->\n<h2 class=\"wp-block-heading\">Step {number}: {text}</h2>\n<!-- /wp:heading -->\n\n\
             <!-- wp:paragraph -->\n<p>{text} it\nwell.</p>\n<!-- /wp:paragraph -->\n\n"
        )
    };
    let texts = ["Plan", "Buy", "Cut", "Glue", "Sand", "Paint"];
    let html: String = texts.iter().enumerate().map(|(index, text)| step(index + 1, text)).collect();
    let steps: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| format!("## Step {}: {text}\n\n{text} it well.", index + 1))
        .collect();
    assert_eq!(converted(&html), steps.join("\n\n"));
}

#[test]
fn newlines_are_paragraphs_and_breaks() {
    assert_all(&[
        ("", ""),
        (" \n\n\t&nbsp;\n<p>&nbsp;</p>", ""),
        ("one\ntwo\n\nthree", "one\\\ntwo\n\nthree"),
        ("one\r\n \t\r\ntwo".replace('\r', "").as_str(), "one\n\ntwo"),
        ("one<br />\ntwo<br>three<br/><br/>four", "one\\\ntwo\\\nthree\n\nfour"),
        ("<p>one</p><p>two\nthree</p>", "one\n\ntwo\\\nthree"),
        ("<div>one<div>two</div></div>three", "one\n\ntwo\n\nthree"),
        ("one<br>\n<h3>two<br>three</h3>", "one\n\n### two three"),
        ("one<!--nextpage-->two<!-- a note -->!", "one\n\ntwo!"),
        ("  four spaces\n    and four more", "four spaces\\\nand four more"),
        ("10&nbsp;km &nbsp; far", "10\u{A0}km far"),
        ("one<hr />two", "one\n\n* * *\n\ntwo"),
    ]);
}

#[test]
fn formatting_stands_where_markdown_reads_it() {
    assert_all(&[
        ("<b>bold</b>, <i>italic</i>, <del>gone</del>", "**bold**, *italic*, ~~gone~~"),
        ("a<strong> spaced </strong>b", "a **spaced** b"),
        ("<strong>Note:</strong>this", "**Note**:this"),
        ("<b>one</b><b>two</b> <b>three</b>", "**onetwo three**"),
        ("<b><i>both</i> one</b>", "***both* one**"),
        ("<b>a<p>b</p>c</b> d", "**a**\n\n**b**\n\n**c** d"),
        ("<strong><strong>twice</strong></strong>", "**twice**"),
        ("x<b>(y)</b> <b>!</b>z", "x(y) !z"),
        ("<em>one<br>two</em>", "*one\\\ntwo*"),
        ("<b></b><i> </i><a href=\"/x\"></a>", ""),
        ("H<sub>2</sub>O, x<sup>2</sup>", "H<sub>2</sub>O, x<sup>2</sup>"),
        ("<q>well</q> said <span style=\"color:red\">he</span>", "“well” said he"),
        ("<b>never closed", "**never closed**"),
        ("<i>crossed <b>over</i> here</b>", "*crossed **over*** **here**"),
    ]);
}

#[test]
fn text_is_not_read_as_markdown() {
    assert_all(&[
        ("1. one\n2) two\n- three\n+ four\n# five", "1\\. one\\\n2\\) two\\\n\\- three\\\n\\+ four\\\n\\# five"),
        ("&gt; quoted\n&gt;&gt; twice", "\\> quoted\\\n\\>> twice"),
        ("a\n---\nb\n===", "a\\\n\\---\\\nb\\\n\\==="),
        ("*not bold* and _not_ snake_case 5 * 3", "\\*not bold\\* and \\_not\\_ snake_case 5 * 3"),
        ("`x` ~~y~~ [z](w) ![v]", "\\`x\\` \\~\\~y\\~\\~ [z\\](w) \\![v]"),
        ("[z]: w", "\\[z\\]: w"),
        ("&lt;b&gt; &amp;lt; AT&amp;T &amp;amp &#60;!--", "\\<b> \\&lt; AT&T &amp \\<!--"),
        ("C:\\dir \\* 1 < 2", "C:\\dir \\\\\\* 1 < 2"),
        ("a | b\n--|--", "a \\| b\\\n\\--\\|--"),
        ("<h2># 1. Title #</h2>", "## \\# 1. Title \\#"),
        ("1986. A year", "1986\\. A year"),
        ("#1 of -5 +3", "#1 of -5 +3"),
    ]);
}

#[test]
fn lists_nest_and_are_mended() {
    assert_all(&[
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start=\"9\"><li>a<li>b</ol>", "9.  a\n10. b"),
        ("<ol><li><p>a</p><p>b</p></li><li>c</li></ol>", "1. a\n\n   b\n\n2. c"),
        ("<ul>\n<li>a</li>\n\n<li></li>\n<li>b\nc</li>\n</ul>\nend", "- a\n- b\\\n  c\n\nend"),
        ("<li>alone</li>", "- alone"),
        ("<ul>bare<ul><li>x</li></ul></ul>", "- bare\n  - x"),
        ("<ol><li>a<ol start=3><li>b</ol></ol>", "1. a\n\n   3. b"),
    ]);
}

#[test]
fn quotes_and_code_keep_their_shape() {
    assert_all(&[
        ("<blockquote>a\n\nb<blockquote>c</blockquote></blockquote>d", "> a\n>\n> b\n>\n> > c\n\nd"),
        ("<blockquote><p>a</p><cite>Someone</cite></blockquote>", "> a\n>\n> *Someone*"),
        ("use <code>a*b</code> or <code>`x`</code>, <kbd>Ctrl</kbd>", "use `a*b` or `` `x` ``, `Ctrl`"),
        ("<pre>\none\n  <b>two</b> &lt;x&gt;\n\nthree</pre>", "```\none\n  two <x>\n\nthree\n```"),
        (
            "<pre class=\"wp-block-code\"><code class=\"language-rust\">let x = \"`\";\n</code></pre>",
            "```rust\nlet x = \"`\";\n```",
        ),
        ("<pre>```\nfence\n```</pre>", "````\n```\nfence\n```\n````"),
        ("<!-- wp:verse --><pre class=\"wp-block-verse\">a\nb</pre>\n<p>c\nd</p>", "a\\\nb\n\nc d"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\n\nMeaning"),
    ]);
}

#[test]
fn links_and_images_keep_what_may_be_followed_and_shown() {
    assert_all(&[
        (
            "<a href=\"https://x.example/a_(b)?c=1&amp;d=2\" title=\"t\">go</a>",
            "[go](https://x.example/a_%28b%29?c=1&d=2)",
        ),
        (
            "<a href='/about/'>us</a> <a href=\"mailto:a@b.example\">mail</a>",
            "[us](/about/) [mail](mailto:a@b.example)",
        ),
        ("<a href=\"javascript:alert(1)\">bad</a> <a name=\"x\">anchor</a>", "bad anchor"),
        ("<a href=\"https://x.example\">see [1]</a>", "[see \\[1\\]](https://x.example)"),
        (
            "<a href=\"https://x.example\">\nblock\n\nlink</a>",
            "[block](https://x.example)\n\n[link](https://x.example)",
        ),
        (
            "see https://x.example/a_b, or (http://y.example/z).",
            "see <https://x.example/a_b>, or (<http://y.example/z>).",
        ),
        ("www.x.example!", "[www.x.example](http://www.x.example)!"),
        (
            "<img src=\"https://x.example/a b.png\" alt=\"A [cat]\n*\">",
            "![A \\[cat\\] \\*](https://x.example/a%20b.png)",
        ),
        ("<a href=\"/l\"><img src=\"//x.example/i.png\"></a>", "[![](https://x.example/i.png)](/l)"),
        ("<img src=\"/files/i.png\" alt=\"i\">", "![i](https://blog.example/files/i.png)"),
        ("Wow!<a href=\"/x\">x</a>", "Wow\\![x](/x)"),
        ("Fun <img class=\"wp-smiley\" src=\"http://x/s.gif\" alt=\":)\" />", "Fun :)"),
    ]);
}

#[test]
fn images_which_may_not_be_shown_become_links_or_go() {
    let converted = markdown::article(
        "<img src=\"http://x.example/i.png\" alt=\"my house\"><img src=\"http://x.example/j.png\">\
         <img src=\"data:image/png;base64,AA\" alt=\"dot\"><img src=\"https://t.example/p\" width=1 height=1>",
        "",
    );
    assert_eq!(converted.markdown, "[my house](http://x.example/i.png)<http://x.example/j.png>dot");
    assert_eq!(converted.notes, [note(Change::ImageLinked, "img", 2), note(Change::ImageRemoved, "img", 2)]);
}

#[test]
fn figures_with_captions_stay_html() {
    assert_all(&[
        (
            "a\n[caption id=\"attachment_5\" align=\"left\" width=\"300\"]<a href=\"https://x.example/b.jpg\">\
             <img src=\"https://x.example/s.jpg\" alt=\"&quot;s&quot; &amp; t\" /></a> My <em>own</em> *house* &amp; dog[/caption]\nb",
            "a\n\n<figure><a href=\"https://x.example/b.jpg\"><img src=\"https://x.example/s.jpg\" alt=\"&quot;s&quot; &amp; t\"></a>\
             <figcaption>My <em>own</em> *house* &amp; dog</figcaption></figure>\n\nb",
        ),
        (
            "[caption width=\"30\" caption=\"Old <b>style</b>\"]<img src=\"https://x.example/1.png\">[/caption]",
            "<figure><img src=\"https://x.example/1.png\" alt=\"\"><figcaption>Old style</figcaption></figure>",
        ),
        (
            "<!-- wp:image --><figure class=\"wp-block-image\"><img src=\"https://x.example/1.png\" alt=\"\"/>\
             <figcaption>One</figcaption></figure><!-- /wp:image -->",
            "<figure><img src=\"https://x.example/1.png\" alt=\"\"><figcaption>One</figcaption></figure>",
        ),
        ("<figure><img src=\"https://x.example/1.png\" alt=\"one\"></figure>", "![one](https://x.example/1.png)"),
        ("<figure><blockquote>q</blockquote><figcaption>Who</figcaption></figure>", "> q\n\n*Who*"),
        ("[caption]no end of it", "\\[caption]no end of it"),
    ]);
}

#[test]
fn plain_tables_become_markdown_and_others_stay_html() {
    assert_all(&[
        (
            "<table><thead><tr><th>Who</th><th>What</th></tr></thead><tbody><tr><td>a|b</td><td><b>c</b></td></tr></tbody></table>",
            "| Who | What |\n| --- | ---- |\n| a\\|b | **c**  |",
        ),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "| A | B |\n| - | - |\n| 1 | 2 |"),
        (
            "<figure class=\"wp-block-table\"><table><tbody><tr><td>1</td><td>a*b &lt; c\n<br>d</td></tr></tbody></table></figure>",
            "<table><tbody><tr><td>1</td><td>a*b &lt; c<br>d</td></tr></tbody></table>",
        ),
        (
            "<table><tr><th colspan=\"2\">A</th></tr><tr><td>1</td><td><ul><li>2</li></ul></td></tr></table>",
            "<table><tr><th colspan=\"2\">A</th></tr><tr><td>1</td><td><ul><li>2</li></ul></td></tr></table>",
        ),
        (
            "<table><caption>T</caption><tr><td><table><tr><td>in</td></tr></table></td></tr></table>",
            "<table><caption>T</caption><tr><td><table><tr><td>in</td></tr></table></td></tr></table>",
        ),
        ("<table><tr><td> </td></tr></table><td>stray</td>", "stray"),
    ]);
}

#[test]
fn embeds_become_links() {
    let converted = markdown::article(
        "<iframe src=\"//www.youtube.com/embed/x_y\" width=\"5\">old browsers</iframe>\n\
         [embed width=\"5\"]https://video.example/1[/embed]\n[youtube https://video.example/2]\n\
         [audio mp3=\"https://x.example/a.mp3\"][/audio]\n<video><source src=\"https://x.example/v.mp4\"></video>\n\
         <!-- wp:embed --><figure><div class=\"wp-block-embed__wrapper\">\nhttps://video.example/3\n</div></figure>",
        "",
    );
    let addresses = [
        "www.youtube.com/embed/x_y",
        "video.example/1",
        "video.example/2",
        "x.example/a.mp3",
        "x.example/v.mp4",
        "video.example/3",
    ];
    let links: Vec<String> = addresses.iter().map(|address| format!("<https://{address}>")).collect();
    assert_eq!(converted.markdown, links.join("\n\n"));
    assert_eq!(
        converted.notes,
        [
            note(Change::EmbedLinked, "iframe", 1),
            note(Change::EmbedLinked, "youtube", 1),
            note(Change::EmbedLinked, "audio", 1),
            note(Change::EmbedLinked, "source", 1)
        ]
    );
}

#[test]
fn shortcodes_are_told_from_prose() {
    let converted = markdown::article(
        "He said [sic] [1]. [gallery ids=\"1,2\"] [contact-form-7 id=\"3\" title=\"Form\"]\n\n[box color=\"red\"]Mind[/box] <pre>[gallery]</pre>",
        "",
    );
    assert_eq!(
        converted.markdown,
        "He said [sic] [1].\n\n\\[contact-form-7 id=\"3\" title=\"Form\"]\n\n\\[box color=\"red\"]Mind[/box]\n\n```\n[gallery]\n```"
    );
    assert_eq!(
        converted.notes,
        [
            note(Change::ShortcodeRemoved, "gallery", 1),
            note(Change::ShortcodeLeft, "contact-form-7", 1),
            note(Change::ShortcodeLeft, "box", 2)
        ]
    );
}

#[test]
fn scripts_and_forms_go() {
    let converted = markdown::article(
        "a<script type=\"x\">if (a<b) {}</script><style>p{}</style><SCRIPT>2</Script >b <form><input value=\"x\"><button>Send</button></form><script>open",
        "",
    );
    assert_eq!(converted.markdown, "ab\n\nSend\n\nopen");
    assert_eq!(converted.notes, [note(Change::ElementRemoved, "script", 3), note(Change::ElementRemoved, "style", 1)]);
}

#[test]
fn nesting_ends_somewhere() {
    let converted = markdown::article(&"<blockquote>x".repeat(5000), "");
    assert!(converted.markdown.lines().all(|line| line.matches("> ").count() <= 10));
    assert_eq!(converted.notes, [note(Change::Flattened, "blockquote", 4990)]);
    let tables = markdown::article(&"<table><tr><td>x<figure><ul><li>".repeat(5000), "");
    assert_eq!(tables.markdown.matches('x').count(), 5000);
}
