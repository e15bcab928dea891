use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

/// What a walk through HTML meets, in order.
pub(super) trait Walker {
    fn start(&mut self, tag: &Tag);
    fn end(&mut self, name: &str);
    fn text(&mut self, text: &str);
}

/// Walks through HTML by its tokens, as a browser would cut it, entities resolved. There is no tree, so that neither depth
/// nor disorder costs anything. Comments, and scripts and styles with their content, are not met.
pub(super) fn walk<W: Walker>(html: &str, walker: W) -> W {
    let tokenizer = Tokenizer::new(Sink(RefCell::new(State { walker, hidden: false })), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // Without a tree builder nothing asks the tokenizer to pause, so one call takes everything.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().walker
}

struct Sink<W>(RefCell<State<W>>);

struct State<W> {
    walker: W,
    /// Within a script or a style.
    hidden: bool,
}

impl<W: Walker> TokenSink for Sink<W> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let state = &mut *self.0.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == StartTag => match &*tag.name {
                "script" => {
                    state.hidden = true;
                    return TokenSinkResult::RawData(ScriptData);
                }
                "style" => {
                    state.hidden = true;
                    return TokenSinkResult::RawData(Rawtext);
                }
                _ => state.walker.start(&tag),
            },
            TagToken(tag) if tag.kind == EndTag => {
                if matches!(&*tag.name, "script" | "style") {
                    state.hidden = false;
                } else {
                    state.walker.end(&tag.name);
                }
            }
            CharacterTokens(text) if !state.hidden => state.walker.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
