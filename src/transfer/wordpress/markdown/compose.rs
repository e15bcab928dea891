//! From tokens to blocks: what each element, comment and shortcode does.

use super::blocks::{Builder, Figure, Kind};
use super::elements::{Audience, Role, role};
use super::inlines::{Gap, Style};
use super::notes::{Change, Notes};
use super::plain::plain_text;
use super::references::resolve;
use super::scan::{Scanner, Token};
use super::shortcodes::Shortcode;
use super::tags::Tag;
use super::urls;

/// Clean HTML of a text by WordPress, with marks in place of what Markdown could misread.
pub(super) fn compose(text: &str, audience: Audience, site: &str) -> (String, Notes) {
    let in_article = audience == Audience::Article;
    // What the block editor wrote says where its paragraphs are, and breaks lines for us only.
    let line_breaks = !(in_article && text.contains("<!-- wp:"));
    let mut builder = Builder::new(audience, site, line_breaks);
    let mut scanner = Scanner::new(text, in_article);
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(text) => builder.text(&resolve(text)),
            Token::Start(tag) => builder.start(&tag, &mut scanner),
            Token::End(name) => builder.end_of(&name),
            Token::Comment(comment) => builder.comment(comment),
            Token::Shortcode(shortcode) => builder.shortcode(shortcode, &scanner),
        }
    }
    builder.finish()
}

impl Builder<'_> {
    fn start(&mut self, tag: &Tag, scanner: &mut Scanner<'_>) {
        let role = role(&tag.name, self.audience);
        if self.kind() == Kind::Preformatted {
            self.start_in_preformatted(role, tag, scanner);
            return;
        }
        match role {
            Role::Transparent | Role::Void => {}
            Role::Boundary => self.boundary(),
            Role::Break => self.gap.add_break(),
            Role::Format(format) => self.begin(Style::Format(format)),
            Role::Code => self.begin(Style::Code),
            Role::Link => self.begin_link(tag),
            Role::Quotation => {
                self.quotations += 1;
                self.text("“");
            }
            Role::Image => self.start_image(tag),
            Role::Heading(level) => self.start_block(Kind::Heading(level)),
            Role::Rule => {
                if self.make_room() {
                    self.out.push_str("<hr>");
                    self.top().is_filled = true;
                }
            }
            Role::Quote => {
                if self.make_room_to_nest(&tag.name) {
                    self.open(Kind::Quote);
                }
            }
            Role::List { ordered } => {
                let start = tag.attribute("start").and_then(|start| start.trim().parse().ok());
                if self.make_room_to_nest(&tag.name) {
                    let start = ordered.then(|| start.filter(|start| *start < 1_000_000).unwrap_or(1));
                    // In Markdown only a list from 1 may follow a text without a blank line.
                    if start.is_some_and(|start| start > 1) && self.is_in_item() {
                        self.out.push_str("<p></p>");
                    }
                    self.open(Kind::List { start });
                }
            }
            Role::Item => self.open_item(),
            Role::Preformatted if tag.has_class("wp-block-verse") => {
                self.boundary();
                self.in_verse = true;
            }
            Role::Preformatted => self.start_block(Kind::Preformatted),
            Role::Figure => self.start_block(Kind::Figure(Figure::default())),
            Role::Caption => {
                if self.figure().is_some() && self.make_room() {
                    self.open_caption();
                } else {
                    self.boundary();
                }
            }
            Role::Table(part) => self.open_part(part, tag),
            Role::Embed => self.embed(tag, scanner),
            Role::Nothing => self.nothing(tag, scanner),
        }
    }

    fn start_block(&mut self, kind: Kind) {
        if matches!(kind, Kind::Heading(_)) && self.is_in_cell() {
            self.boundary();
        } else if self.make_room() {
            self.open(kind);
        }
    }

    fn start_in_preformatted(&mut self, role: Role, tag: &Tag, scanner: &mut Scanner<'_>) {
        match role {
            Role::Break => self.text("\n"),
            Role::Nothing => self.nothing(tag, scanner),
            Role::Code if !self.top().is_filled => {
                let classes = tag.attribute("class").unwrap_or_default().split_ascii_whitespace();
                let mut languages = classes.filter_map(|class| class.strip_prefix("language-"));
                let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#');
                if let Some(language) = languages.next().filter(|name| name.chars().all(is_plain))
                    && self.out.ends_with("<pre><code>")
                {
                    self.out.pop();
                    self.out.push_str(" class=\"language-");
                    self.out.push_str(language);
                    self.out.push_str("\">");
                }
            }
            Role::Transparent | Role::Format(_) | Role::Code | Role::Link | Role::Void => {}
            _ => self.boundary(),
        }
    }

    fn end_of(&mut self, name: &str) {
        let is_cell = |kind: &Kind| matches!(kind, Kind::Cell { .. } | Kind::Title);
        match role(name, self.audience) {
            Role::Format(format) => self.end(|style| *style == Style::Format(format)),
            Role::Code => self.end(|style| *style == Style::Code),
            Role::Link => self.end(|style| matches!(style, Style::Link(_))),
            Role::Quotation if self.quotations > 0 => {
                self.quotations -= 1;
                self.gap = Gap::default();
                self.text("”");
            }
            Role::Heading(_) => {
                self.close_through(|kind| matches!(kind, Kind::Heading(_)), is_cell);
            }
            Role::Quote => {
                self.close_through(|kind| matches!(kind, Kind::Quote), is_cell);
            }
            Role::List { .. } => {
                self.close_through(|kind| matches!(kind, Kind::List { .. }), is_cell);
            }
            Role::Item => {
                let is_wall = |kind: &Kind| matches!(kind, Kind::List { .. } | Kind::Cell { .. });
                self.close_through(|kind| matches!(kind, Kind::Item), is_wall);
            }
            Role::Preformatted if self.close_through(|kind| matches!(kind, Kind::Preformatted), is_cell) => {}
            Role::Preformatted => {
                self.in_verse = false;
                self.boundary();
            }
            Role::Figure => {
                self.close_through(|kind| matches!(kind, Kind::Figure(_)), is_cell);
            }
            Role::Caption => {
                self.close_caption();
            }
            Role::Table(part) => self.close_part(part),
            Role::Boundary => self.boundary(),
            _ => {}
        }
    }

    fn close_caption(&mut self) -> bool {
        let is_wall = |kind: &Kind| matches!(kind, Kind::Figure(_) | Kind::Cell { .. });
        self.close_through(|kind| matches!(kind, Kind::Caption), is_wall)
    }

    fn start_image(&mut self, tag: &Tag) {
        let alt = tag.attribute("alt").unwrap_or_default().trim();
        if tag.has_class("emoji") || tag.has_class("wp-smiley") {
            self.text(alt);
            return;
        }
        let is_pixel = |name: &str| matches!(tag.attribute(name), Some("0" | "1"));
        if is_pixel("width") && is_pixel("height") {
            self.notes.add(Change::ImageRemoved, "img");
            return;
        }
        match tag.attribute("src").and_then(|src| urls::resource(src, self.site)) {
            Some(address) if self.audience == Audience::Article && urls::is_secure(&address) => {
                self.image(&address, alt);
            }
            Some(address) => {
                self.notes.add(Change::ImageLinked, "img");
                self.link_to(&address, if alt.is_empty() { &address } else { alt });
            }
            None => {
                self.notes.add(Change::ImageRemoved, "img");
                self.text(alt);
            }
        }
    }

    fn embed(&mut self, tag: &Tag, scanner: &mut Scanner<'_>) {
        if tag.name == "iframe" {
            scanner.skip_element("iframe");
        }
        match tag.attribute("src").and_then(|src| urls::resource(src, self.site)) {
            Some(address) => self.embedded(&address, &tag.name),
            // The address of a video may stand in an element inside it.
            None if matches!(tag.name.as_str(), "video" | "audio") => self.boundary(),
            None => self.notes.add(Change::ElementRemoved, &tag.name),
        }
    }

    fn embedded(&mut self, address: &str, name: &str) {
        self.notes.add(Change::EmbedLinked, name);
        self.boundary();
        self.link_to(address, address);
        self.boundary();
    }

    fn nothing(&mut self, tag: &Tag, scanner: &mut Scanner<'_>) {
        scanner.skip_element(&tag.name);
        self.notes.add(Change::ElementRemoved, &tag.name);
    }

    /// `<!--more-->` and `<!--nextpage-->` part paragraphs; block comments have done their part.
    fn comment(&mut self, comment: &str) {
        if comment.starts_with("more") || comment == "nextpage" {
            self.boundary();
        }
    }

    fn shortcode(&mut self, shortcode: Shortcode<'_>, scanner: &Scanner<'_>) {
        if self.kind() == Kind::Preformatted || self.is_in_code() {
            self.text(&resolve(shortcode.raw));
            return;
        }
        let is_end = shortcode.is_end;
        match shortcode.name {
            "caption" | "wp_caption" if is_end => self.end_caption(),
            "caption" | "wp_caption" if scanner.has_caption_end() => self.start_caption(shortcode),
            "embed" => self.boundary(),
            "gallery" | "playlist" => {
                self.notes.add(Change::ShortcodeRemoved, shortcode.name);
                self.boundary();
            }
            "audio" | "video" if is_end => {}
            "audio" | "video" | "youtube" | "vimeo" => {
                let sources = ["src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav"];
                let named = sources.iter().find_map(|source| shortcode.attribute(source));
                let address = named.unwrap_or(shortcode.attributes);
                match urls::resource(&resolve(address), self.site) {
                    Some(address) => self.embedded(&address, shortcode.name),
                    None => self.notes.add(Change::ShortcodeRemoved, shortcode.name),
                }
            }
            name => {
                if shortcode.is_unmistakable() {
                    self.notes.add(Change::ShortcodeLeft, name);
                }
                self.text(&resolve(shortcode.raw));
            }
        }
    }

    fn start_caption(&mut self, shortcode: Shortcode<'_>) {
        self.start_block(Kind::Figure(Figure {
            is_shortcode: true,
            title: shortcode.attribute("caption").map(plain_text).unwrap_or_default(),
            ..Figure::default()
        }));
    }

    fn end_caption(&mut self) {
        let is_figure = |kind: &Kind| matches!(kind, Kind::Figure(figure) if figure.is_shortcode);
        let is_cell = |kind: &Kind| matches!(kind, Kind::Cell { .. });
        let figure = self.figure().cloned().unwrap_or_default();
        if !figure.title.is_empty() && !figure.has_caption && self.close_inside(is_figure, is_cell) {
            self.open_caption();
            self.text(&figure.title);
        }
        self.close_through(is_figure, is_cell);
    }
}
