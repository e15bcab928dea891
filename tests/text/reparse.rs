//! Reads HTML as a browser does and says what is in it. The lists here are the tests' own: what the sanitiser allows must
//! be written down twice.

use std::collections::{HashMap, HashSet};

use html5ever_tree::serialize::{SerializeOpts, TraversalScope, serialize};
use html5ever_tree::tendril::TendrilSink;
use html5ever_tree::tree_builder::TreeBuilderOpts;
use html5ever_tree::{LocalName, ParseOpts, QualName, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};

const COMMENT: &str = "a blockquote br code del em hr li ol p pre strong ul";
const ARTICLE: &str = "a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i \
                       img ins kbd li mark ol p pre q s section small strong sub summary sup table tbody td tfoot th thead tr \
                       u ul";
const ATTRIBUTES: &str = "a/href a/title a/rel a/id a/class a/aria-label abbr/title code/class section/class sup/class \
                          details/open h1/id h2/id h3/id h4/id h5/id h6/id li/id img/src img/alt img/title img/width \
                          img/height img/loading ol/start td/align td/colspan td/rowspan th/align th/colspan th/rowspan";

/// An element or a text, in the order of the document.
pub enum Part {
    Element { name: String, attributes: Vec<(String, String)> },
    Text(String),
}

pub fn parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (_dom, root) = parse(html, true);
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match &node.data {
            NodeData::Element { name, attrs, .. } => parts.push(Part::Element {
                name: name.local.to_string(),
                attributes: attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect(),
            }),
            NodeData::Text { contents } => parts.push(Part::Text(contents.borrow().to_string())),
            _ => panic!("neither element nor text in {html}"),
        }
        stack.extend(node.children.borrow().iter().rev().cloned());
    }
    parts.remove(0);
    parts
}

/// All text, white space left out.
pub fn letters(html: &str) -> String {
    let text = parts(html).into_iter().filter_map(|part| if let Part::Text(text) = part { Some(text) } else { None });
    text.flat_map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>()).collect()
}

pub fn elements(html: &str) -> Vec<String> {
    let name = |part| if let Part::Element { name, .. } = part { Some(name) } else { None };
    parts(html).into_iter().filter_map(name).collect()
}

/// All values of one attribute.
pub fn values(html: &str, wanted: &str) -> Vec<String> {
    let attributes = |part| if let Part::Element { attributes, .. } = part { attributes } else { Vec::new() };
    let all = parts(html).into_iter().flat_map(attributes);
    all.filter(|(name, _)| name == wanted).map(|(_, value)| value).collect()
}

/// That HTML is what a parser reads and writes unchanged, and holds nothing but what is allowed.
pub fn assert_safe_comment(html: &str) {
    assert_safe(html, COMMENT);
    assert!(values(html, "id").is_empty(), "id in {html}");
    for rel in values(html, "rel") {
        assert_eq!(rel, "nofollow ugc noopener noreferrer");
    }
    assert!(values(html, "href").iter().all(|href| !href.starts_with('#')), "place in {html}");
}

pub fn assert_safe_article(html: &str) {
    assert_safe(html, ARTICLE);
    for rel in values(html, "rel") {
        assert_eq!(rel, "noopener noreferrer");
    }
}

fn assert_safe(html: &str, allowed: &'static str) {
    for scripting in [true, false] {
        assert_eq!(rewrite(html, scripting), html, "not stable");
    }
    assert_eq!(sanitiser(allowed).clean(html).to_string(), html, "not stable");
    for part in parts(html) {
        let Part::Element { name, attributes } = part else { continue };
        assert!(allowed.split_whitespace().any(|a| a == name), "<{name}> in {html}");
        assert!(name != "a" || attributes.iter().any(|(a, _)| a == "href"), "a link to nowhere in {html}");
        for (attribute, value) in attributes {
            assert!(
                ATTRIBUTES.split_whitespace().any(|a| a == format!("{name}/{attribute}")),
                "{name}/{attribute} in {html}"
            );
            // What a browser skips before it looks for the scheme.
            let address = value.replace(|c: char| c.is_ascii_control(), "").trim().to_ascii_lowercase();
            let fits = match attribute.as_str() {
                "href" => ["https://", "http://", "mailto:", "#"].iter().any(|scheme| address.starts_with(scheme)),
                "src" => address.starts_with("https://"),
                _ => true,
            };
            assert!(fits, "{attribute}={value:?} in {html}");
        }
    }
}

/// A sanitiser of the tests' own lists, which has nothing to do where the real one has been.
fn sanitiser(allowed: &'static str) -> ammonia::Builder<'static> {
    let mut attributes = HashMap::<&str, HashSet<&str>>::new();
    for (element, attribute) in ATTRIBUTES.split_whitespace().filter_map(|pair| pair.split_once('/')) {
        if allowed.split_whitespace().any(|name| name == element) {
            attributes.entry(element).or_default().insert(attribute);
        }
    }
    let mut sanitiser = ammonia::Builder::empty();
    sanitiser.tags(allowed.split_whitespace().collect()).tag_attributes(attributes).generic_attributes(HashSet::new());
    sanitiser.url_schemes(HashSet::from(["http", "https", "mailto"])).link_rel(None);
    sanitiser
}

/// The tree falls apart with the document, so both are handed out.
fn parse(html: &str, scripting: bool) -> (RcDom, Handle) {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let context = QualName::new(None, ns!(html), LocalName::from("div"));
    let dom = parse_fragment(RcDom::default(), opts, context, Vec::new(), scripting).one(html);
    let root = dom.document.children.borrow()[0].clone();
    (dom, root)
}

fn rewrite(html: &str, scripting: bool) -> String {
    let (_dom, root) = parse(html, scripting);
    let mut out = Vec::new();
    let opts = SerializeOpts { traversal_scope: TraversalScope::ChildrenOnly(None), ..SerializeOpts::default() };
    serialize(&mut out, &SerializableHandle::from(root), opts).expect("writes to memory");
    String::from_utf8(out).expect("HTML is UTF-8")
}
