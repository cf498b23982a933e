//! Tracing configured in code instead of by the environment.

#[cfg(feature = "otlp")]
use std::sync::Arc;

#[cfg(feature = "enable")]
use crate::config::Source;
#[cfg(feature = "otlp")]
use crate::export::console::{Console, Style};
#[cfg(feature = "otlp")]
use crate::export::sdk::Exporter;
#[cfg(feature = "otlp")]
use crate::export::{io::Io, sdk::Driven};

/// Configures tracing in code; the same settings as by environment variable, and exporters of one's own.
///
/// ```
/// use observed_runtime::Tracing;
///
/// let tracing = Tracing::builder("shop-backend")
///     .set("TRACING_ENABLED", "1")
///     .set("OTEL_TRACES_EXPORTER", "none")
///     .init();
/// drop(tracing);
/// ```
#[must_use = "a builder does nothing until `init` is called"]
pub struct Builder {
    pub(super) service_name: String,
    #[cfg(feature = "enable")]
    pub(super) source: Source,
    #[cfg(feature = "otlp")]
    pub(super) exporters: Vec<MakeExporter>,
}

/// Builds an exporter on the worker's thread.
#[cfg(feature = "otlp")]
pub(super) type MakeExporter = Box<
    dyn FnOnce(
            &opentelemetry_sdk::Resource,
            std::time::Duration,
            &Arc<Io>,
        ) -> Result<Box<dyn Exporter>, String>
        + Send,
>;

impl Builder {
    pub(super) fn new(service_name: &str) -> Self {
        Self {
            service_name: service_name.to_owned(),
            #[cfg(feature = "enable")]
            source: Source::default(),
            #[cfg(feature = "otlp")]
            exporters: Vec::new(),
        }
    }

    /// Sets one setting by the name of its environment variable; it wins over the environment, whatever
    /// form of the setting stands there, such as `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` for `OTEL_EXPORTER_OTLP_ENDPOINT`.
    #[cfg_attr(
        not(feature = "enable"),
        expect(unused_mut, unused_variables, reason = "compiled out")
    )]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        #[cfg(feature = "enable")]
        self.source.set(name, value);
        self
    }

    /// Takes these settings instead of the process environment's; what [`Builder::set`] set stays.
    #[cfg_attr(
        not(feature = "enable"),
        expect(
            unused_mut,
            unused_variables,
            clippy::needless_pass_by_value,
            reason = "compiled out"
        )
    )]
    pub fn settings<N, V>(mut self, settings: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        #[cfg(feature = "enable")]
        self.source.replace(
            settings
                .into_iter()
                .map(|(name, value)| (name.into(), value.into())),
        );
        self
    }

    /// Lets out only what was reviewed: the text of `observed.lock`, of the revision that is built (R21).
    ///
    /// A span that the lock does not hold, or holds as `new`, leaves as a link of the tree and no more: its times, its
    /// parent, the name `unreviewed`; an event is left out of its span. `status()` counts and names them. `OBSERVED_LOCK`
    /// is `enforce` where a lock is given; `warn` lets everything out and counts it, `off` asks nobody. A text that cannot
    /// be read leaves tracing off.
    ///
    /// ```
    /// use observed_runtime::{State, Tracing, status};
    ///
    /// // In a program: include_str!("../../observed.lock")
    /// let tracing = Tracing::builder("shop-backend").lock("version 3").init();
    /// # let State::Failed { reason } = status().state else { panic!("{:?}", status().state) };
    /// # assert!(reason.starts_with("observed.lock, line 1: a version"), "{reason}");
    /// drop(tracing);
    /// ```
    #[cfg_attr(
        not(feature = "enable"),
        expect(unused_mut, unused_variables, reason = "compiled out")
    )]
    pub fn lock(mut self, text: &str) -> Self {
        #[cfg(feature = "enable")]
        self.source.set_lock(text);
        self
    }

    /// Exports to `exporter` too. It is driven on the worker's thread, inside the worker's runtime; one that makes
    /// connections when it is made belongs into [`Builder::with_exporter_from`].
    #[cfg(feature = "otlp")]
    pub fn with_exporter(
        mut self,
        exporter: impl opentelemetry_sdk::trace::SpanExporter + 'static,
    ) -> Self {
        self.exporters.push(Box::new(move |resource, timeout, io| {
            Ok(Box::new(Driven::new(
                exporter,
                Arc::clone(io),
                resource,
                timeout,
            )))
        }));
        self
    }

    /// Exports to the exporter that `make` makes, too: for one with connections of its own.
    ///
    /// The closure runs on the worker's thread, inside the runtime that drives exporters between exports too, so that the
    /// program needs no runtime of its own, and may have one with a single thread. The start waits for it; where it fails,
    /// or takes longer than five seconds together with what else is built, tracing stays off for the life of the process;
    /// its error's text is shown nowhere, because it may hold what the exporter was configured with.
    ///
    /// ```
    /// use observed_runtime::Tracing;
    /// use opentelemetry_sdk::error::OTelSdkResult;
    /// use opentelemetry_sdk::trace::{SpanData, SpanExporter};
    ///
    /// #[derive(Debug)]
    /// struct Counts;
    ///
    /// impl SpanExporter for Counts {
    ///     async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
    ///         println!("{} spans", batch.len());
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let tracing = Tracing::builder("shop-backend")
    ///     .set("OTEL_TRACES_EXPORTER", "none")
    ///     .with_exporter_from(|| Ok::<_, std::io::Error>(Counts))
    ///     .init();
    /// drop(tracing);
    /// ```
    #[cfg(feature = "otlp")]
    pub fn with_exporter_from<E, F>(
        mut self,
        make: impl FnOnce() -> Result<E, F> + Send + 'static,
    ) -> Self
    where
        E: opentelemetry_sdk::trace::SpanExporter + 'static,
    {
        self.exporters.push(Box::new(move |resource, timeout, io| {
            let exporter = {
                let _in_runtime = io.enter();
                make()
            };
            let exporter =
                exporter.map_err(|_| "an exporter of the program could not be built".to_owned())?;
            Ok(Box::new(Driven::new(
                exporter,
                Arc::clone(io),
                resource,
                timeout,
            )))
        }));
        self
    }

    /// Prints finished traces to `out` too, as `OTEL_TRACES_EXPORTER=console` does to standard output.
    #[cfg(feature = "otlp")]
    pub fn with_console(mut self, out: impl std::io::Write + Send + 'static, style: Style) -> Self {
        self.exporters.push(Box::new(move |_, _, _| {
            Ok(Box::new(Console::new(Box::new(out), style)))
        }));
        self
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("service_name", &self.service_name)
            .finish_non_exhaustive()
    }
}
