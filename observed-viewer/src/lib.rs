//! One page with the last traces of a program: written as a file, or served to this machine while the program runs.
//!
//! Private in practice: programs get it by `OTEL_TRACES_EXPORTER=page` and the feature `viewer` of `observed-runtime`. It shows
//! the spans that it is given and looks into none of them; what must not leave is taken out before.
//!
//! The page loads nothing from elsewhere and runs its own script only, which its Content-Security-Policy names by hash. What spans
//! say is data of that script and never markup.
//!
//! ```
//! let page = observed_viewer::file("shop-backend", &[], &[]);
//! assert!(page.starts_with("<!doctype html>"));
//! ```

mod answer;
mod data;
mod note;
mod page;
#[cfg(test)]
#[allow(dead_code, reason = "the example uses the rest")]
#[path = "../tests/sample/mod.rs"]
mod sample;
mod server;
mod traces;

pub use note::Note;
pub use page::file;
pub use server::serve;
pub use traces::Traces;
