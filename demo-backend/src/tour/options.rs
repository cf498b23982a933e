//! The options of the tour on the command line.

use std::path::PathBuf;

/// How the tour is shown.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Options {
    /// Print the spans as OTLP/JSON in one line, with the answers and the account beside them.
    #[arg(long)]
    pub json: bool,

    /// Write one page with a waterfall of each trace, for a browser.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}
