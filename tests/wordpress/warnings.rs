//! What is not as it should be, and does not stop the reading.

use colloquy::transfer::{Entry, Flaw, Warning};

use crate::exports::{comments, items};
use crate::{export_with, read};

fn flaws(entries: &[Entry]) -> Vec<(u64, &str, Flaw, u64)> {
    let warning = |entry| {
        if let &Entry::Warning(Warning { line, ref field, flaw, count }) = entry {
            Some((line, field.as_str(), flaw, count))
        } else {
            None
        }
    };
    entries.iter().filter_map(warning).collect()
}

#[test]
fn control_characters_are_left_out_and_counted() {
    let entries = read(&export_with(
        "<item><guid>a</guid>\n<title>a\u{1}b\u{8}c\u{B}&#2;&#0;&#x1F;d\te\u{7F}</title><link><![CDATA[x\u{FFFF}]]></link></item>",
    ));
    let item = items(&entries).remove(0);
    assert_eq!((item.title.as_str(), item.link.as_str()), ("abcd\te\u{7F}", "x"));
    assert_eq!(flaws(&entries), [(3, "title", Flaw::ControlCharacters, 6), (3, "link", Flaw::ControlCharacters, 1)]);
}

#[test]
fn every_line_ends_in_one_way() {
    let entries =
        read(&export_with("<item><guid>a</guid><content:encoded>1\r\n2\r3&#13;4\n5</content:encoded></item>"));
    assert_eq!(items(&entries)[0].content_html, "1\n2\n3\n4\n5");
    assert_eq!(flaws(&entries), []);
}

#[test]
fn references_are_resolved_once_and_blanks_beside_them_stay() {
    let entries = read(&export_with(
        "<item><guid>a</guid><title>  Tom &amp; Jerry&#8217;s &lt;b&gt; &#x41;&nbsp;&hellip; &amp;amp; &quot;q&apos; </title></item>",
    ));
    assert_eq!(items(&entries)[0].title, "Tom & Jerry\u{2019}s <b> A\u{A0}\u{2026} &amp; \"q'");
    assert_eq!(flaws(&entries), []);
}

#[test]
fn bare_ampersands_and_unknown_references_stay_as_they_are() {
    let entries =
        read(&export_with("<item><guid>a</guid><link>https://x.example/?a=1&b=2&c;d=3 &amp; R&D</link></item>"));
    assert_eq!(items(&entries)[0].link, "https://x.example/?a=1&b=2&c;d=3 & R&D");
    assert_eq!(flaws(&entries), [(2, "link", Flaw::StrayReferences, 3)]);
}

#[test]
fn text_in_pieces_is_put_together() {
    let title = "<title>a<![CDATA[b]]>c<!-- no --><?no no?><b>d</b><i/><![CDATA[]]>&amp;e</title>";
    let entries = read(&export_with(&format!("<item><guid>a</guid>{title}</item>")));
    assert_eq!(items(&entries)[0].title, "abcd&e");
}

#[test]
fn dates_which_are_none_are_absent() {
    let entries = read(&export_with(
        "<item><guid>a</guid><wp:post_date>yesterday</wp:post_date><wp:post_date_gmt>2020-02-30 01:02:03</wp:post_date_gmt></item>",
    ));
    assert_eq!(items(&entries)[0].date, None);
    assert_eq!(
        flaws(&entries),
        [(2, "wp:post_date", Flaw::UnreadableDate, 1), (2, "wp:post_date_gmt", Flaw::UnreadableDate, 1)]
    );
}

#[test]
fn fields_after_the_first_comment_are_reported_and_comments_without_number_left_out() {
    let entries = read(&export_with(
        "<item><wp:post_id>1</wp:post_id><wp:comment><wp:comment_content>x</wp:comment_content></wp:comment>\n\
         <title>late</title><wp:postmeta/><wp:comment><wp:comment_id>2</wp:comment_id></wp:comment></item>",
    ));
    assert_eq!(items(&entries)[0].title, "");
    assert_eq!(comments(&entries).len(), 1);
    assert_eq!(flaws(&entries), [(2, "wp:comment_id", Flaw::NoIdentifier, 1), (3, "title", Flaw::LateField, 1)]);
}

#[test]
fn prefixes_are_known_by_their_namespaces_and_else_by_their_names() {
    let renamed = "<rss xmlns:w=\"http://wordpress.org/export/1.2/\" xmlns:x=\"http://wordpress.org/export/1.2/excerpt/\" \
         xmlns:c=\"http://purl.org/rss/1.0/modules/content/\" xmlns:d='http://purl.org/dc/elements/1.1/'>\
         <channel><w:wxr_version>1.2</w:wxr_version><item><w:post_id>1</w:post_id><d:creator>me</d:creator>\
         <c:encoded>body</c:encoded><x:encoded>short</x:encoded></item></channel></rss>";
    let bare = "\n <rss><channel><wp:wxr_version>1.2</wp:wxr_version><item><wp:post_id>1</wp:post_id>\
         <dc:creator>me</dc:creator><content:encoded>body</content:encoded><excerpt:encoded>short</excerpt:encoded>\
         </item></channel></rss>";
    for export in [renamed, bare] {
        let item = items(&read(export)).remove(0);
        assert_eq!((item.author_login.as_str(), item.external_id.as_str()), ("me", "1"));
        assert_eq!((item.content_html.as_str(), item.excerpt_html.as_str()), ("body", "short"));
    }
}

#[test]
fn a_byte_order_mark_and_what_follows_the_end_do_no_harm() {
    let export = format!("\u{FEFF}{}\n<!-- cached -->\n<p>junk & <", export_with("<item><guid>a</guid></item>"));
    assert_eq!(items(&read(&export)).len(), 1);
}
