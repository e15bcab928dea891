//! Private threads go where the guest goes.

use super::actions;
use crate::{
    comments::{GuestCompanion, Reception},
    error::Result,
    events::Tx,
};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

/// The private threads of guests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Companion;

impl GuestCompanion for Companion {
    fn hand_over<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        guest_id: Uuid,
        account_id: Uuid,
    ) -> LocalBoxFuture<'a, Result<usize>> {
        Box::pin(actions::hand_over_guest(tx, guest_id, account_id))
    }

    fn tell_confirmed<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        reception: &'a Reception,
        guest_id: Uuid,
    ) -> LocalBoxFuture<'a, Result<()>> {
        Box::pin(actions::tell_confirmed(tx, reception, guest_id))
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx<'_>, guest_id: Uuid) -> LocalBoxFuture<'a, Result<()>> {
        Box::pin(async move {
            while !actions::erase_reader(tx, guest_id).await? {}
            Ok(())
        })
    }
}
