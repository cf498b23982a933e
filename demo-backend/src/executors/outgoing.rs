//! Calls of other services: the context goes with them, and answers have a bounded size.
//!
//! Redirections are not followed: they would carry keys elsewhere.

use std::time::Duration;

use http::HeaderMap;
use observed_runtime::context::{self, propagation};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde::de::DeserializeOwned;

/// The largest answer that is read.
const MOST_BYTES: usize = 1 << 20;

/// A connection that was idle for longer is not used again: the service behind may be closing it just now.
const LONGEST_IDLE: Duration = Duration::from_secs(2);

/// There is no HTTP client.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client: {0}")]
pub struct ClientError(reqwest::Error);

/// The reason why an answer could not be used.
#[derive(Debug)]
pub(super) enum Unread {
    /// It did not arrive.
    Transport(reqwest::Error),
    /// It is larger than what is read, or not what it should be.
    Nonsense,
}

/// Makes the client for all of them.
///
/// # Errors
/// When it cannot be made.
pub fn client() -> Result<Client, ClientError> {
    let builder = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .pool_idle_timeout(LONGEST_IDLE);
    builder.build().map_err(ClientError)
}

/// Makes a request in the current span's trace: the service behind goes on with it.
pub(super) fn post(client: &Client, url: &str, timeout: Duration) -> RequestBuilder {
    let mut headers = HeaderMap::new();
    propagation::inject(&context::current(), &mut headers);
    client.post(url).headers(headers).timeout(timeout)
}

/// Reads the JSON of an answer.
pub(super) async fn read<T: DeserializeOwned>(mut answer: Response) -> Result<T, Unread> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(Unread::Transport)? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(Unread::Nonsense);
        }
        bytes.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&bytes).map_err(|_| Unread::Nonsense)
}
