//! The threads as they grew: what replies to what, what a moderator or its author took away, and what all counters hold.

use super::plan::Plan;
use crate::{chance::Chance, site::SMALL_THREAD};
use indicatif::ProgressBar;

/// Two roots of three comments.
const ROOTS: f64 = 0.66;
/// Comments that readers reacted to.
const LIKED: f64 = 0.04;
/// Roots about a section of the article.
const ABOUT_SECTION: f64 = 0.05;
/// Written by somebody with an account.
const BY_MEMBERS: f64 = 0.7;

/// One root of each article is answered all the time, directly: its first comment.
const BUSY: u32 = 1;
/// Of the great thread every so many-eth comment replies to the one so many before it: a chain over 5,000 deep.
const CHAIN: u32 = 199;

/// Comments that somebody looks back over before answering one.
const LATELY: usize = 500;

/// No parent.
pub const NONE: u32 = u32::MAX;
/// Set in an author who is a guest.
pub const GUEST: u32 = 1 << 31;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    Visible,
    Pending,
    Held,
    Rejected,
    Deleted,
}

/// A comment; others are named by their number in the order in which all were written.
#[derive(Clone)]
pub struct Comment {
    pub article: u16,
    pub depth: u16,
    pub state: State,
    pub about_section: bool,
    pub reactions: u8,
    pub position: u32,
    pub parent: u32,
    pub root: u32,
    /// 0 for replies, and for roots that were never shown.
    pub root_no: u32,
    /// The number of an account, or of a guest.
    pub author: u32,
    /// Direct replies that are shown, and all that are below a root.
    pub replies: u32,
    pub below: u32,
}

impl Comment {
    pub const fn shown(&self) -> bool {
        matches!(self.state, State::Visible) || self.replies > 0
    }
}

/// What an article's counter row holds.
#[derive(Clone, Default)]
pub struct Thread {
    pub comments: u32,
    pub visible: u32,
    pub roots: u32,
    pub root_nos: u32,
}

pub struct Site {
    pub comments: Vec<Comment>,
    pub threads: Vec<Thread>,
}

/// An article's thread while it grows.
#[derive(Default)]
struct Growing {
    comments: u32,
    root_nos: u32,
    /// What may be answered.
    open: Vec<u32>,
    busy: u32,
    last_root: u32,
    chain: Option<u32>,
}

pub fn grow(plan: &Plan, bar: &ProgressBar) -> Site {
    let mut chance = Chance::new(plan.seed);
    let mut growing: Vec<Growing> = plan.articles.iter().map(|_| Growing::default()).collect();
    let mut comments: Vec<Comment> = Vec::with_capacity(plan.total());
    for (number, article) in (0_u32..).zip(order(plan, &mut chance)) {
        let thread = &mut growing[usize::from(article)];
        let comment = next(plan, &mut chance, thread, &comments, number, article);
        if matches!(comment.state, State::Visible | State::Deleted) {
            thread.open.push(number);
        }
        comments.push(comment);
        if number % 65_536 == 0 {
            bar.set_position(number.into());
        }
    }
    settle(plan, comments)
}

/// Which article each comment was written under: all of them at the same time.
fn order(plan: &Plan, chance: &mut Chance) -> Vec<u16> {
    let each = plan.articles.iter().zip(0_u16..);
    let mut order: Vec<u16> = each.flat_map(|(article, n)| std::iter::repeat_n(n, article.comments)).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, chance.below(last + 1));
    }
    order
}

fn next(
    plan: &Plan,
    chance: &mut Chance,
    thread: &mut Growing,
    comments: &[Comment],
    number: u32,
    article: u16,
) -> Comment {
    thread.comments += 1;
    let position = thread.comments;
    let of = &plan.articles[usize::from(article)];
    let often = (of.comments as u32 / 11).clamp(8, 90);
    let (mut parent, mut state) = (NONE, State::Visible);
    if article == 0 && position % CHAIN == CHAIN / 2 {
        parent = thread.chain.replace(number).unwrap_or(NONE);
    } else if of.full && position <= SMALL_THREAD as u32 {
        parent = if position % 4 == 1 { NONE } else { thread.last_root };
    } else if position > BUSY && position % often == 1 {
        parent = thread.busy;
    } else {
        // The threads of 91 show exactly as many as they hold.
        if of.comments > SMALL_THREAD {
            state = fate(chance);
        }
        if position > BUSY && chance.share() > ROOTS {
            // Of what was written lately, the later the more.
            let lately = thread.open.len().min(LATELY);
            let back = (chance.share() * (lately as f64).ln()).exp() as usize;
            parent = thread.open[thread.open.len() - back.clamp(1, lately)];
        }
    }
    if parent == NONE {
        thread.last_root = number;
    }
    if position == BUSY {
        thread.busy = number;
        state = State::Visible;
    }
    let above = (parent != NONE).then(|| &comments[parent as usize]);
    let was_shown_root = parent == NONE && matches!(state, State::Visible | State::Deleted);
    thread.root_nos += u32::from(was_shown_root);
    Comment {
        article,
        depth: above.map_or(0, |above| above.depth + 1),
        state,
        about_section: parent == NONE && chance.share() < ABOUT_SECTION,
        reactions: if chance.share() < LIKED { 1 + (chance.draw().trailing_zeros().min(8) as u8) } else { 0 },
        position,
        parent,
        root: above.map_or(number, |above| above.root),
        root_no: if was_shown_root { thread.root_nos } else { 0 },
        author: if chance.share() < BY_MEMBERS {
            // Few write much.
            (chance.share().powi(2) * plan.accounts as f64) as u32
        } else {
            (of.first_guest + chance.below(of.guests)) as u32 | GUEST
        },
        replies: 0,
        below: 0,
    }
}

fn fate(chance: &mut Chance) -> State {
    match chance.below(1000) {
        0..3 => State::Pending,
        3..8 => State::Held,
        8..13 => State::Rejected,
        13..28 => State::Deleted,
        _ => State::Visible,
    }
}

/// Counts, from the last comment to the first, so that what is below has been counted before.
fn settle(plan: &Plan, mut comments: Vec<Comment>) -> Site {
    let mut threads = vec![Thread::default(); plan.articles.len()];
    for number in (0..comments.len()).rev() {
        let Comment { article, state, parent, root, root_no, .. } = comments[number];
        let shown = comments[number].shown();
        let thread = &mut threads[usize::from(article)];
        thread.comments += 1;
        thread.visible += u32::from(state == State::Visible);
        thread.root_nos = thread.root_nos.max(root_no);
        if shown && parent == NONE {
            thread.roots += 1;
        } else if shown {
            comments[parent as usize].replies += 1;
            comments[root as usize].below += 1;
        }
    }
    for comment in &mut comments {
        comment.reactions *= u8::from(comment.state == State::Visible);
    }
    Site { comments, threads }
}
