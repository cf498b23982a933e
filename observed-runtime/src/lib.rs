//! Distributed tracing by hand, safely: `#[observed]` on one function at a time.
//!
//! Nothing is recorded that was not named, the compiler refuses what is no attribute value, and whatever happens to
//! tracing, the program does not notice. The only crate that users name.
//!
//! ```
//! use observed_runtime::{init_tracing, observed};
//!
//! #[observed(name = "price_order", attrs(order.lines = lines.len()))]
//! fn price(lines: &[u64]) -> u64 {
//!     lines.iter().sum()
//! }
//!
//! let _tracing = init_tracing("shop-backend");
//! assert_eq!(price(&[1, 2]), 3);
//! ```
//!
//! | feature | what it adds | for |
//! | --- | --- | --- |
//! | none | annotations that only check; no OpenTelemetry crate | libraries |
//! | `enable` | spans are recorded | the final binary |
//! | `otlp` | export by OTLP and to the console; implies `enable` | the final binary |
//! | `tls` | `https://` endpoints: `tls-ring` and `tls-webpki-roots`; implies `otlp`. Beside them `tls-aws-lc` and `tls-native-roots` | the final binary |
//! | `viewer` | `OTEL_TRACES_EXPORTER=page`: the last traces as a page; implies `otlp` | the final binary, where somebody looks at its traces |
//! | `resource-detectors` | `OBSERVED_RESOURCE_DETECTORS`; implies `otlp` | the final binary |
//! | `http` | [`context::propagation`]: W3C Trace Context in HTTP headers, a tower layer | services |
//! | `otel-metrics` | `metrics::observe`: the account by OpenTelemetry's metrics API | services |
//! | `otel-context` | parents agree with code that uses the OpenTelemetry API; implies `enable` | services |
//! | `serde` | `Pii<T>` as what it wraps, `Status` as data | services |
//! | `testing` | `testing::capture`; implies `enable` | tests |

#[cfg(all(
    feature = "_tls",
    not(any(feature = "tls-ring", feature = "tls-aws-lc"))
))]
compile_error!(
    "`tls-webpki-roots` and `tls-native-roots` need a crypto provider: add the feature `tls-ring` or `tls-aws-lc`"
);

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "enable")]
mod bridge;
#[cfg(all(feature = "http", not(feature = "enable")))]
mod carried;
#[cfg(feature = "enable")]
mod config;
pub mod context;
#[cfg(feature = "enable")]
mod deadline;
#[cfg(feature = "enable")]
// What records needs a newer compiler than annotations do.
#[clippy::msrv = "1.89"]
mod export;
#[cfg(feature = "enable")]
mod fork;
mod identity;
mod lifecycle;
#[cfg(feature = "enable")]
mod logging;
pub mod metrics;
#[cfg(any(feature = "enable", feature = "http"))]
mod panics;
#[cfg(feature = "enable")]
mod pipeline;
mod policy;
#[cfg(any(feature = "enable", feature = "http"))]
mod propagates;
mod record;
#[cfg(feature = "enable")]
mod sampling;
mod span;
mod status;
#[cfg(feature = "enable")]
mod switch;
#[cfg(feature = "enable")]
mod sync;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "enable")]
mod thread;
mod value;

pub use observed_macros::{
    AttributeValue, Classified, observed, observed_event, observed_record, observed_span,
};

pub use context::{Context, InContextExt};
#[cfg(feature = "otlp")]
pub use export::console::Style;
pub use lifecycle::{
    Builder, Tracing, flush, init_tracing, is_tracing_enabled, set_scope_enabled,
    set_tracing_enabled, status,
};
pub use policy::Classified;
pub use span::{ErrorType, ObservedExt, SpanGuard};
pub use status::{
    Accounting, Budget, Dropped, Firewall, LeftOut, Lock, State, Status, Unreviewed, Withheld,
    WorkerState,
};
pub use value::{AttributeValue, MAX_TEXT_BYTES, Pii, Value};
