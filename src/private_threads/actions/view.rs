//! Threads as those who are in them see them, in a fixed number of statements.

use super::{
    super::{
        queries::{accesses, coaches, messages, names},
        rules::MOST_UNREAD,
        types::{AccessRow, CoachRow, Disclosure, Part, PrivateCoach, PrivatePerson, PrivateThread, ThreadRow, Who},
    },
    break_glass::access,
    keep::{self, key_of, open_title},
    seats::{see, verified},
};
use crate::{
    accounts::FORMER_MEMBER,
    db::Conn,
    error::{Code, Error, Result},
    secrets::Secrets,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A thread of somebody's.
///
/// # Errors
/// [`Code::NotFound`] for whoever is not in it.
pub async fn view(conn: &mut Conn, secrets: &Secrets, id: Uuid, who: Who) -> Result<PrivateThread> {
    let thread = see(conn, id, who).await?.thread;
    views(conn, secrets, who, vec![thread]).await?.pop().ok_or_else(Error::not_found)
}

/// Threads as somebody sees them who is in all of them. A guest of whom nobody knows that the address is theirs is told that
/// they are there, and nothing that was written.
///
/// # Errors
/// When the database is away.
pub async fn views(conn: &mut Conn, secrets: &Secrets, who: Who, rows: Vec<ThreadRow>) -> Result<Vec<PrivateThread>> {
    let readable = match verified(conn, secrets, who).await {
        Ok(()) => true,
        Err(error) if error.code == Code::AddressUnverified => false,
        Err(error) => return Err(error),
    };
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let seats = coaches::of(conn, &ids).await?;
    let opened = accesses::of(conn, &ids).await?;
    let people = rows.iter().map(ThreadRow::reader_id).chain(seats.iter().map(|seat| seat.account_id));
    let people = people.chain(opened.iter().filter_map(|access| access.account_id));
    let names = names::of(conn, &people.collect::<Vec<_>>()).await?;
    let mut in_it: HashMap<Uuid, Vec<CoachRow>> = HashMap::new();
    for seat in seats {
        in_it.entry(seat.thread_id).or_default().push(seat);
    }
    let mut opened_by: HashMap<Uuid, Vec<AccessRow>> = HashMap::new();
    for access in opened {
        opened_by.entry(access.thread_id).or_default().push(access);
    }
    let read = |row: &ThreadRow| match row.part_of(who) {
        Part::Reader => row.reader_read_no,
        Part::Coach => {
            let own = in_it.get(&row.id).into_iter().flatten().find(|seat| seat.account_id == who.id());
            own.map_or(0, |seat| seat.read_no)
        }
    };
    let marks: Vec<i64> = rows.iter().map(read).collect();
    let as_coach: Vec<Option<Uuid>> =
        rows.iter().map(|row| (row.part_of(who) == Part::Coach).then(|| who.id())).collect();
    let unread = messages::unread(conn, &ids, &marks, &as_coach, MOST_UNREAD).await?;
    let unread: HashMap<Uuid, i64> = unread.into_iter().map(|unread| (unread.thread_id, unread.count)).collect();
    let shown = rows.into_iter().zip(marks).map(|(row, read_no)| {
        let seats = in_it.remove(&row.id).unwrap_or_default();
        let unread = unread.get(&row.id).copied().unwrap_or_default();
        let title = if readable { title(secrets, &row) } else { None };
        let opened = opened_by.remove(&row.id).unwrap_or_default();
        thread(&row, who, title, (read_no, unread), (seats, opened), &names)
    });
    Ok(shown.collect())
}

fn title(secrets: &Secrets, row: &ThreadRow) -> Option<String> {
    row.title_sealed.as_ref()?;
    keep::opened(row.id, key_of(secrets, row).and_then(|key| open_title(&key, row))).flatten()
}

fn thread(
    row: &ThreadRow,
    who: Who,
    title: Option<String>,
    (read_no, unread): (i64, i64),
    (seats, opened): (Vec<CoachRow>, Vec<AccessRow>),
    names: &HashMap<Uuid, String>,
) -> PrivateThread {
    PrivateThread {
        id: row.id,
        state: row.state,
        you: row.part_of(who),
        title,
        article_id: row.article_id,
        comment_id: row.comment_id,
        reader: reader(row, names),
        coaches: seats.iter().map(|seat| coach(seat, names)).collect(),
        accesses: opened.iter().map(|row| access(row, names)).collect(),
        created_at: row.created_at,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        waiting_since: row.waiting_since,
        last_at: row.last_at,
        last_no: row.last_no,
        read_no,
        unread,
        disclosure: Disclosure { reader: row.reader_agrees, coaches: row.coaches_agree },
    }
}

/// Whose thread it is.
pub fn reader(row: &ThreadRow, names: &HashMap<Uuid, String>) -> PrivatePerson {
    let (id, left) = (row.reader_id(), row.reader_left_at.is_some());
    PrivatePerson { id, name: name(id, names), read_no: row.reader_read_no, left }
}

/// A coach in a thread.
pub fn coach(seat: &CoachRow, names: &HashMap<Uuid, String>) -> PrivateCoach {
    let id = seat.account_id;
    PrivateCoach { id, name: name(id, names), admitted_at: seat.admitted_at, read_no: seat.read_no }
}

/// What somebody is called.
pub fn name(id: Uuid, names: &HashMap<Uuid, String>) -> String {
    names.get(&id).cloned().unwrap_or_else(|| FORMER_MEMBER.to_owned())
}
