//! Whether a connection is being made: what times out before it is there has sent nothing of the request.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use hyper::Uri;
use tower_service::Service;

/// Set while a connection is being made: its name, its port, its proxy, its TLS.
#[derive(Clone, Debug, Default)]
pub(super) struct Making(Arc<AtomicBool>);

impl Making {
    pub(super) fn forget(&self) {
        self.set(false);
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    fn set(&self, making: bool) {
        self.0.store(making, Ordering::SeqCst);
    }
}

/// Opens connections, and says while it does.
#[derive(Clone, Debug)]
pub(super) struct Watched<C> {
    pub(super) connector: C,
    pub(super) making: Making,
}

impl<C> Service<Uri> for Watched<C>
where
    C: Service<Uri, Future: Send + 'static>,
{
    type Response = C::Response;
    type Error = C::Error;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, C::Error>> + Send>>;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), C::Error>> {
        self.connector.poll_ready(task)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let (connecting, making) = (self.connector.call(target), self.making.clone());
        making.set(true);
        Box::pin(async move {
            let made = connecting.await;
            making.set(false);
            made
        })
    }
}
