//! Blocks: which are open, where the next word goes, and what a closed one leaves behind.
//!
//! What comes out is HTML in which every element is closed in its order, blocks stand in blocks and
//! nothing is nested deep, so that the libraries behind take time in proportion to its length.

use super::elements::Audience;
use super::inlines::{Gap, Inline};
use super::notes::{Change, Notes};
use super::raw;
use super::tables::Shape;

/// Quotes and lists in one another. Each level costs a few characters in each of its lines.
const MAX_NESTING: usize = 10;

/// All blocks in one another, tables in tables included.
const MAX_BLOCKS: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    /// A bare one is the first in its list item, and needs no element.
    Paragraph {
        is_bare: bool,
    },
    Heading(u8),
    Quote,
    List {
        start: Option<u32>,
    },
    Item,
    Preformatted,
    Figure(Figure),
    Caption,
    Table,
    Title,
    Section(&'static str),
    Row,
    Cell {
        is_header: bool,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figure {
    /// It was written as `[caption]`: the text after its image is the caption.
    pub is_shortcode: bool,
    /// The caption by the shortcode's attribute, as in exports of old sites.
    pub title: String,
    pub has_image: bool,
    pub has_caption: bool,
}

#[derive(Debug)]
pub(super) struct Block {
    pub kind: Kind,
    /// It has something to show.
    pub is_filled: bool,
    /// Where its start tag stands in the output.
    start: usize,
    /// How much formatting was open when it began: what was opened inside ends with it.
    formats: usize,
}

pub(super) struct Builder<'a> {
    pub audience: Audience,
    /// The address of the site, for images whose own address begins with `/`.
    pub site: &'a str,
    /// A single newline breaks the line, as in everything written without the block editor.
    pub line_breaks: bool,
    /// As `line_breaks`, up to the end of a poem.
    pub in_verse: bool,
    pub out: String,
    pub notes: Notes,
    pub tables: Vec<Shape>,
    pub wanted: Vec<Inline>,
    pub opened: Vec<Inline>,
    pub gap: Gap,
    /// Where the inline code which is open begins in the output.
    pub code_start: usize,
    /// How many `<q>` are open.
    pub quotations: usize,
    root: Block,
    blocks: Vec<Block>,
}

impl<'a> Builder<'a> {
    pub fn new(audience: Audience, site: &'a str, line_breaks: bool) -> Self {
        Self {
            audience,
            site,
            line_breaks,
            in_verse: false,
            out: String::new(),
            notes: Notes::default(),
            tables: Vec::new(),
            wanted: Vec::new(),
            opened: Vec::new(),
            gap: Gap::default(),
            code_start: 0,
            quotations: 0,
            root: Block { kind: Kind::Root, is_filled: false, start: 0, formats: 0 },
            blocks: Vec::new(),
        }
    }

    pub fn finish(mut self) -> (String, Notes) {
        while !self.blocks.is_empty() {
            self.close();
        }
        (self.out, self.notes)
    }

    /// The innermost open block.
    pub fn top(&mut self) -> &mut Block {
        self.blocks.last_mut().unwrap_or(&mut self.root)
    }

    pub fn kind(&mut self) -> Kind {
        self.top().kind.clone()
    }

    /// The figure which what comes next is in, directly or in a paragraph of it.
    pub fn figure(&mut self) -> Option<&mut Figure> {
        let inner =
            self.blocks.iter_mut().rev().find(|block| !matches!(block.kind, Kind::Paragraph { .. } | Kind::Caption));
        match inner.map(|block| &mut block.kind) {
            Some(Kind::Figure(figure)) => Some(figure),
            _ => None,
        }
    }

    pub fn is_in_item(&self) -> bool {
        self.blocks.iter().any(|block| block.kind == Kind::Item)
    }

    pub fn is_in_cell(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block.kind, Kind::Cell { .. } | Kind::Title))
    }

    pub fn open(&mut self, kind: Kind) {
        self.close_inlines(0);
        self.gap = Gap::default();
        let start = self.out.len();
        self.out.push_str(&start_tag(&kind));
        self.blocks.push(Block { kind, is_filled: false, start, formats: self.wanted.len() });
    }

    /// Closes the innermost block. One that shows nothing leaves nothing.
    pub fn close(&mut self) {
        self.close_inlines(0);
        self.gap = Gap::default();
        let Some(block) = self.blocks.pop() else {
            return;
        };
        if !matches!(block.kind, Kind::Paragraph { .. }) {
            self.wanted.truncate(block.formats);
        }
        let is_kept = block.is_filled || matches!(block.kind, Kind::Row | Kind::Cell { .. });
        if is_kept {
            self.out.push_str(end_tag(&block.kind));
        } else {
            self.out.truncate(block.start);
        }
        match block.kind {
            Kind::Table => self.close_table(block.start),
            Kind::Row => self.close_row(),
            Kind::Cell { is_header } => {
                let length = self.out.len() - block.start;
                self.close_cell(is_header, length);
            }
            Kind::Figure(figure) => self.close_figure(&figure, block.start),
            _ => {}
        }
        if block.is_filled {
            self.top().is_filled = true;
        }
    }

    /// Closes blocks up to and with the innermost one which `is_it`, unless `is_wall` stands
    /// before it. False when there is none.
    pub fn close_through(&mut self, is_it: fn(&Kind) -> bool, is_wall: fn(&Kind) -> bool) -> bool {
        let Some(index) = self.find(is_it, is_wall) else {
            return false;
        };
        while self.blocks.len() > index {
            self.close();
        }
        true
    }

    /// Closes the blocks inside the innermost one which `is_it`. False when there is none.
    pub fn close_inside(&mut self, is_it: fn(&Kind) -> bool, is_wall: fn(&Kind) -> bool) -> bool {
        let Some(index) = self.find(is_it, is_wall) else {
            return false;
        };
        while self.blocks.len() > index + 1 {
            self.close();
        }
        true
    }

    fn find(&self, is_it: fn(&Kind) -> bool, is_wall: fn(&Kind) -> bool) -> Option<usize> {
        let mut kinds = self.blocks.iter().map(|block| &block.kind).enumerate().rev();
        let (index, kind) = kinds.find(|(_, kind)| is_it(kind) || is_wall(kind))?;
        is_it(kind).then_some(index)
    }

    /// Ends a paragraph, or what is as near to it as the innermost block allows.
    pub fn boundary(&mut self) {
        match self.kind() {
            Kind::Paragraph { .. } => self.close(),
            Kind::Heading(_) => self.gap.space(),
            Kind::Cell { .. } | Kind::Caption | Kind::Title => self.gap.break_once(),
            Kind::Preformatted => {
                if self.top().is_filled && !self.out.ends_with('\n') {
                    self.out.push('\n');
                }
            }
            _ => self.gap = Gap::default(),
        }
    }

    /// Makes the innermost block one that may have a block inside. False where none can be.
    pub fn make_room(&mut self) -> bool {
        loop {
            match self.kind() {
                Kind::Paragraph { .. } | Kind::Heading(_) => self.close(),
                Kind::Caption | Kind::Title | Kind::Preformatted => {
                    self.boundary();
                    return false;
                }
                Kind::List { .. } => self.open(Kind::Item),
                Kind::Table | Kind::Section(_) => self.open(Kind::Row),
                Kind::Row => self.open(Kind::Cell { is_header: false }),
                Kind::Cell { .. } => {
                    self.boundary();
                    self.make_table_complex();
                    break;
                }
                Kind::Root | Kind::Quote | Kind::Item | Kind::Figure(_) => break,
            }
        }
        if self.blocks.len() < MAX_BLOCKS {
            return true;
        }
        self.boundary();
        self.notes.add(Change::Flattened, "");
        false
    }

    /// Like [`make_room`](Self::make_room), for a quote or a list.
    pub fn make_room_to_nest(&mut self, name: &str) -> bool {
        let nests = |block: &&Block| matches!(block.kind, Kind::Quote | Kind::List { .. });
        if self.blocks.iter().filter(nests).count() < MAX_NESTING {
            return self.make_room();
        }
        self.boundary();
        self.notes.add(Change::Flattened, name);
        false
    }

    /// A list item, in the list which is open or in one of its own.
    pub fn open_item(&mut self) {
        let is_list = |kind: &Kind| matches!(kind, Kind::List { .. });
        let is_wall = |kind: &Kind| matches!(kind, Kind::Quote | Kind::Cell { .. } | Kind::Figure(_));
        if !self.close_inside(is_list, is_wall) {
            if !self.make_room_to_nest("li") {
                return;
            }
            self.open(Kind::List { start: None });
        }
        self.open(Kind::Item);
    }

    /// A figure with an image and a caption stays HTML, since Markdown has no captions.
    fn close_figure(&mut self, figure: &Figure, start: usize) {
        if !figure.has_caption {
            return;
        }
        let inner = self.out.split_off(start);
        if self.is_in_cell() {
            self.out.push_str(&raw::figure(&inner));
        } else if figure.has_image && !inner.contains(raw::START) {
            raw::push_element(&mut self.out, &raw::figure(&inner));
        } else {
            self.out.push_str(&raw::caption_as_paragraph(&inner));
        }
    }
}

fn start_tag(kind: &Kind) -> String {
    match kind {
        Kind::Root | Kind::Paragraph { is_bare: true } | Kind::Figure(_) => String::new(),
        Kind::Preformatted => "<pre><code>".to_owned(),
        Kind::List { start: Some(start) } => format!("<ol start=\"{start}\">"),
        other => end_tag(other).replacen("</", "<", 1),
    }
}

fn end_tag(kind: &Kind) -> &'static str {
    match kind {
        Kind::Root | Kind::Paragraph { is_bare: true } | Kind::Figure(_) => "",
        Kind::Paragraph { .. } => "</p>",
        Kind::Heading(1) => "</h1>",
        Kind::Heading(2) => "</h2>",
        Kind::Heading(3) => "</h3>",
        Kind::Heading(4) => "</h4>",
        Kind::Heading(5) => "</h5>",
        Kind::Heading(_) => "</h6>",
        Kind::Quote => "</blockquote>",
        Kind::List { start: None } => "</ul>",
        Kind::List { .. } => "</ol>",
        Kind::Item => "</li>",
        Kind::Preformatted => "</code></pre>",
        Kind::Caption => "</figcaption>",
        Kind::Table => "</table>",
        Kind::Title => "</caption>",
        Kind::Section("thead") => "</thead>",
        Kind::Section("tfoot") => "</tfoot>",
        Kind::Section(_) => "</tbody>",
        Kind::Row => "</tr>",
        Kind::Cell { is_header: true } => "</th>",
        Kind::Cell { .. } => "</td>",
    }
}
