//! Looking at comments, and writing down what they are to the desk.

use super::super::{
    actions,
    queries::{
        answers,
        follow::{self, FoundBy},
        questions,
    },
    rules,
    types::{Given, GivenAnswer, Known, Question},
};
use crate::{
    articles::{self, Filing},
    comments::{self, Exchange},
    error::Result,
    events::Tx,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Looks at some comments as they are now, in a fixed number of statements. Doing it again changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn look_at(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<()> {
    let exchanges = comments::list_exchanges(tx.conn, ids).await?;
    let articles: BTreeSet<Uuid> = exchanges.iter().map(|exchange| exchange.article_id).collect();
    let filings = articles::list_filings(tx.conn, &Vec::from_iter(articles)).await?;
    let filings: HashMap<Uuid, Filing> = filings.into_iter().map(|filing| (filing.id, filing)).collect();
    let known = known_of(tx, &exchanges).await?;
    let (asking, mut touched) = note_answers(tx, &exchanges, &known).await?;
    let asking: HashMap<Uuid, (&Exchange, &Filing)> =
        asking.into_iter().filter_map(|it| Some((it.id, (it, filings.get(&it.article_id)?)))).collect();
    let (old, new): (Vec<Uuid>, Vec<Uuid>) = asking.keys().copied().partition(|id| known.questions.contains(id));
    touched.extend(old);
    // What is new is written as it stands: what answers it is looked up before.
    let fresh =
        new.iter().filter_map(|id| asking.get(id)).map(|(exchange, filing)| rules::question(exchange, filing, None));
    let fresh = actions::settled(tx.conn, fresh.collect()).await?;
    if !fresh.is_empty() {
        questions::insert(tx.conn, &fresh).await?;
    }
    if !touched.is_empty() {
        let held = questions::hold(tx.conn, &Vec::from_iter(touched)).await?;
        settle(tx, held, &asking).await?;
    }
    file(tx, &asking).await
}

/// What the desk knows of comments, of what they reply to, and of the roots above them.
async fn known_of(tx: &mut Tx<'_>, exchanges: &[Exchange]) -> Result<Known> {
    let near = |exchange: &Exchange| [Some(exchange.id), exchange.parent_id, Some(exchange.root_id)];
    let near: BTreeSet<Uuid> = exchanges.iter().flat_map(near).flatten().collect();
    Ok(follow::known(tx.conn, &Vec::from_iter(near)).await?)
}

/// Writes down which comments answer what, and forgets those that do not any more. Returns the comments that ask, and those
/// whose answers may be others now.
async fn note_answers<'a>(
    tx: &mut Tx<'_>,
    exchanges: &'a [Exchange],
    known: &Known,
) -> Result<(Vec<&'a Exchange>, BTreeSet<Uuid>)> {
    let (mut asking, mut answering, mut gone, mut touched) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
    for exchange in exchanges {
        match rules::given(exchange, known) {
            Given::Question => asking.push(exchange),
            Given::Answer(comment_id) => answering.push(GivenAnswer {
                answer_id: exchange.id,
                comment_id,
                given_by: exchange.account_id,
                given_at: exchange.created_at,
            }),
            Given::Nothing => gone.extend(known.answers.contains_key(&exchange.id).then_some(exchange.id)),
        }
    }
    touched.extend(answering.iter().map(|answer| answer.comment_id));
    if !answering.is_empty() {
        answers::keep(tx.conn, &answering).await?;
    }
    if !gone.is_empty() {
        touched.extend(answers::take(tx.conn, &gone).await?);
    }
    Ok((asking, touched))
}

/// Writes questions that are held as their comments and their answers are now.
async fn settle(tx: &mut Tx<'_>, held: Vec<Question>, asking: &HashMap<Uuid, (&Exchange, &Filing)>) -> Result<()> {
    let (fresh, changed): (Vec<Question>, Vec<bool>) = held
        .into_iter()
        .map(|before| match asking.get(&before.comment_id) {
            Some((exchange, filing)) => {
                let now = rules::question(exchange, filing, Some(before.clone()));
                let changed = now != before;
                (now, changed)
            }
            None => (before, false),
        })
        .unzip();
    let fresh_only = fresh.iter().zip(changed).filter(|(_, changed)| *changed).map(|(question, _)| question.clone());
    actions::store(tx.conn, &fresh_only.collect::<Vec<_>>()).await?;
    actions::settle(tx.conn, fresh).await
}

/// Files questions under the tags of their articles and for those who are asked.
async fn file(tx: &mut Tx<'_>, asking: &HashMap<Uuid, (&Exchange, &Filing)>) -> Result<()> {
    let of: Vec<Uuid> = asking.keys().copied().collect();
    if of.is_empty() {
        return Ok(());
    }
    let tags = asking.iter().flat_map(|(id, (_, filing))| filing.tag_ids.iter().map(|tag| (*id, *tag)));
    let (comment_ids, tag_ids): (Vec<Uuid>, Vec<Uuid>) = tags.unzip();
    follow::file(tx.conn, FoundBy::Tag, &of, &comment_ids, &tag_ids).await?;
    let asked = asking.iter().flat_map(|(id, (exchange, filing))| {
        rules::asked(exchange, filing).into_iter().map(|account_id| (*id, account_id))
    });
    let (comment_ids, account_ids): (Vec<Uuid>, Vec<Uuid>) = asked.unzip();
    follow::file(tx.conn, FoundBy::Coach, &of, &comment_ids, &account_ids).await?;
    Ok(())
}
