//! Lists that come in parts, read whole.

use std::sync::Arc;

use super::{Cached, Fetched};
use crate::api::{Operation, Page};
use crate::error::{Error, Result};
use crate::session::{Answered, Session};

/// At 200 items a page this is more than any customer has; a server that pages for ever is stopped here.
const MOST_PAGES: usize = 50;

/// Reads every page. The ETag of a first page stands for the list only if there is no second.
pub(crate) async fn read_all<O, T>(
    session: &Arc<Session>,
    cached: &Cached,
    page: impl Fn(Option<String>) -> O + Send + Sync,
) -> Result<Fetched<Vec<T>>>
where
    O: Operation<Output = Page<T>>,
    T: Send,
{
    let (first, etag) = match session.call_so(&page(None), &cached.manner()).await? {
        Answered::NotModified => return Ok(Fetched::NotModified),
        Answered::New { value, etag } => (value, etag),
    };
    let single = first.next.is_none();
    let mut items = first.items;
    let mut next = first.next;
    for _ in 1..MOST_PAGES {
        let Some(cursor) = next.take() else { break };
        match session.call(&page(Some(cursor)), None).await? {
            Answered::New { value, .. } => {
                items.extend(value.items);
                next = value.next;
            }
            Answered::NotModified => {
                return Err(endless("answered 'not modified' to an unconditional request"));
            }
        }
    }
    if next.is_some() {
        return Err(endless("sent a list without an end"));
    }
    Ok(Fetched::New {
        value: items,
        etag: etag.filter(|_| single),
    })
}

fn endless(what: &str) -> Error {
    Error::ServerFault {
        reason: format!("the server {what}"),
        request_id: None,
    }
}

/// One answer that is not a list.
pub(crate) async fn read_one<O: Operation>(
    session: &Arc<Session>,
    cached: &Cached,
    operation: &O,
) -> Result<Fetched<O::Output>> {
    Ok(match session.call_so(operation, &cached.manner()).await? {
        Answered::New { value, etag } => Fetched::New { value, etag },
        Answered::NotModified => Fetched::NotModified,
    })
}
