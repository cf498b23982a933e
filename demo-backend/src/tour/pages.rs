//! Jaeger's own pages beside the tour, where they are built in and asked for.

use super::error::TourError;
use super::options::Options;

/// Starts the pages, and returns their endpoint for spans.
#[cfg(feature = "jaeger-ui")]
pub(super) async fn start(options: &Options) -> Result<Option<String>, TourError> {
    match options.jaeger_ui {
        Some(address) => Ok(Some(crate::jaeger::start(address).await?)),
        None => Ok(None),
    }
}

/// Serves the pages until the operator has seen enough.
#[cfg(feature = "jaeger-ui")]
pub(super) async fn stay(options: &Options) -> Result<(), TourError> {
    if let Some(address) = options.jaeger_ui {
        super::show::say(&format!(
            "\nThe traces are at http://{address}; Ctrl-C ends."
        ))?;
        crate::server::stop_signal().await;
    }
    Ok(())
}

/// Starts nothing: there are no pages in this build.
#[cfg(not(feature = "jaeger-ui"))]
pub(super) fn start(_: &Options) -> impl Future<Output = Result<Option<String>, TourError>> {
    std::future::ready(Ok(None))
}

/// Returns at once: there are no pages in this build.
#[cfg(not(feature = "jaeger-ui"))]
pub(super) fn stay(_: &Options) -> impl Future<Output = Result<(), TourError>> {
    std::future::ready(Ok(()))
}
