//! An export of any size is read in bounded memory.

use std::io::{self, Read};

use colloquy::transfer::{Entry, MAX_BATCH, Reader};

/// The text of an export that is made while it is read.
struct Generated<I> {
    parts: I,
    current: Vec<u8>,
    at: usize,
    written: u64,
}

impl<I: Iterator<Item = String>> Generated<I> {
    fn new(parts: impl IntoIterator<IntoIter = I>) -> Self {
        Self { parts: parts.into_iter(), current: Vec::new(), at: 0, written: 0 }
    }
}

impl<I: Iterator<Item = String>> Read for Generated<I> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.current.len() {
            let Some(part) = self.parts.next() else {
                return Ok(0);
            };
            self.current = part.into_bytes();
            self.at = 0;
        }
        let read = into.len().min(self.current.len() - self.at);
        into[..read].copy_from_slice(&self.current[self.at..self.at + read]);
        self.at += read;
        self.written += read as u64;
        Ok(read)
    }
}

fn export(inner: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let head = "<rss><channel><wp:wxr_version>1.2</wp:wxr_version>".to_owned();
    std::iter::once(head).chain(inner).chain(std::iter::once("</channel></rss>".to_owned()))
}

fn comment(number: usize, length: usize) -> String {
    format!(
        "<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[Reader {number}]]></wp:comment_author>\
         <wp:comment_content><![CDATA[{}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>\n",
        "word ".repeat(length / 5)
    )
}

/// Reads all, and gives the number of items, of comments, and the most bytes of text in one entry.
fn measure(parts: impl Iterator<Item = String>) -> (usize, usize, usize) {
    let mut reader = Reader::new(Generated::new(parts));
    let (mut items, mut comments, mut most, mut position) = (0, 0, 0, 0);
    while let Some(entry) = reader.next() {
        match entry.expect("a whole export") {
            Entry::ItemStart(item) => {
                items += 1;
                most = most.max(item.content_html.len());
            }
            Entry::Comments(batch) => {
                assert!(batch.len() <= MAX_BATCH);
                comments += batch.len();
                most = most.max(batch.iter().map(|comment| comment.content.len()).sum());
            }
            _ => {}
        }
        assert!(reader.position() >= position, "the position never goes back");
        position = reader.position();
    }
    (items, comments, most)
}

#[test]
fn many_items_of_many_comments_come_in_batches() {
    let items = (0..20).flat_map(|item| {
        let start =
            format!("<item><wp:post_id>{item}</wp:post_id><content:encoded>{}</content:encoded>", "x".repeat(10_000));
        let comments = (0..1201).map(|number| comment(number, 900));
        std::iter::once(start).chain(comments).chain(std::iter::once("</item>".to_owned()))
    });
    let (items, comments, most) = measure(export(items));
    assert_eq!((items, comments), (20, 20 * 1201));
    assert!(most <= 500 * 900, "{most}");
}

#[test]
fn long_comments_make_small_batches() {
    let item = std::iter::once("<item><guid>a</guid>".to_owned());
    let comments = (0..40).map(|number| comment(number, 500_000));
    let (_, comments, most) = measure(export(item.chain(comments).chain(std::iter::once("</item>".to_owned()))));
    assert_eq!(comments, 40);
    assert!(most <= 5_000_000, "{most}");
}

#[test]
fn a_section_which_never_ends_is_given_up() {
    let endless = std::iter::once("<rss><channel><title><![CDATA[".to_owned())
        .chain(std::iter::repeat_with(|| "word ".repeat(1000)));
    let mut source = Generated::new(endless);
    let broken = Reader::new(&mut source).find_map(Result::err).expect("too long");
    assert_eq!(broken.message, "<title> is longer than 16 MiB");
    assert!(source.written < 17 * 1024 * 1024, "{}", source.written);
}

#[test]
fn items_without_end_have_bounds_too() {
    for (open, close) in [("<wp:postmeta>", "</wp:postmeta>"), ("<category nicename='a'>", "</category>")] {
        let metas = std::iter::repeat_n(format!("{open}{}{close}", "y".repeat(1000)), 999);
        let item = std::iter::once("<item><guid>a</guid>".to_owned())
            .chain(metas)
            .chain(std::iter::once("</item>".to_owned()));
        assert_eq!(measure(export(item)).0, 1);
    }
}
