//! The system's resolver, on a thread that may block, whose failure is told apart from others.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

use super::chain::Unresolved;

/// Finds the addresses of a name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Resolver {
    System,
    /// Never answers, as a resolver does whose server is gone.
    #[cfg(test)]
    Hanging,
}

type Addresses = std::vec::IntoIter<SocketAddr>;

impl Service<Name> for Resolver {
    type Response = Addresses;
    type Error = Unresolved;
    type Future = Pin<Box<dyn Future<Output = Result<Addresses, Unresolved>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Unresolved>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        match self {
            Self::System => Box::pin(async move {
                let found = tokio::net::lookup_host((name.as_str(), 0)).await;
                let addresses: Vec<_> = found.map_err(|_| Unresolved)?.collect();
                if addresses.is_empty() {
                    return Err(Unresolved);
                }
                Ok(addresses.into_iter())
            }),
            #[cfg(test)]
            Self::Hanging => Box::pin(std::future::pending()),
        }
    }
}
