//! What other rooms keep of guests, and this one does not know: it goes where the guest goes, in the same transaction.

use super::Reception;
use crate::{error::Result, events::Tx};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

/// A room that keeps something of guests.
pub trait GuestCompanion {
    /// A guest turns out to have an account, and will be forgotten: what is kept goes over. Returns how many things that were.
    ///
    /// # Errors
    /// [`Code::AddressUnverified`](crate::error::Code::AddressUnverified) where the account may not have it: nothing goes over.
    fn hand_over<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        guest_id: Uuid,
        account_id: Uuid,
    ) -> LocalBoxFuture<'a, Result<usize>>;

    /// A guest has shown that an address is theirs: they are told now of what nobody could tell them before.
    fn tell_confirmed<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        reception: &'a Reception,
        guest_id: Uuid,
    ) -> LocalBoxFuture<'a, Result<()>>;

    /// A guest is erased: nothing is kept. Called before the guest is held, and again while nobody can write as them.
    fn forget<'a>(&'a self, tx: &'a mut Tx<'_>, guest_id: Uuid) -> LocalBoxFuture<'a, Result<()>>;
}
