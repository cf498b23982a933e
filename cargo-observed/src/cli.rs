//! The command line as written.

use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};

/// `cargo observed`
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo", styles = clap_cargo::style::CLAP_STYLING)]
pub(crate) enum Cargo {
    /// Lists what annotations let out, holds it to a committed lock, and keeps who reviewed it
    Observed(Observed),
}

#[derive(Debug, clap::Args)]
#[command(
    version,
    after_help = "Exit codes: 0 nothing found, 1 findings at the level deny, 2 the tool failed."
)]
pub(crate) struct Observed {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Shared {
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH", global = true)]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Show this package only (the lock is always over the workspace)
    #[arg(long, short, value_name = "SPEC", global = true)]
    pub(crate) package: Vec<String>,
    /// Show all packages, which is the default
    #[arg(long, global = true)]
    pub(crate) workspace: bool,
    /// Do not show this package
    #[arg(long, value_name = "SPEC", global = true)]
    pub(crate) exclude: Vec<String>,
    /// Features by which cargo chooses dependencies
    #[arg(
        long,
        short = 'F',
        value_name = "FEATURES",
        value_delimiter = ',',
        global = true
    )]
    pub(crate) features: Vec<String>,
    /// Require that Cargo.lock stays as it is
    #[arg(long, global = true)]
    pub(crate) locked: bool,
    /// Do not use the network
    #[arg(long, global = true)]
    pub(crate) offline: bool,
    /// Colour of the output
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: ColorChoice,
    /// Print findings only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes observed.lock and observed.toml; all that exists becomes exempt
    Init,
    /// Lists everything that leaves
    List {
        /// The form
        #[arg(long, value_enum, default_value = "table")]
        format: ListFormat,
    },
    /// Writes observed.lock, and the lists that must agree with it
    Sync {
        /// Write nothing; fail where something would be written
        #[arg(long)]
        check: bool,
        /// Take the types that no source shows from an exported trace (OTLP/JSON), and write them into observed.toml
        #[arg(long, value_name = "FILE", conflicts_with = "check")]
        types: Option<PathBuf>,
    },
    /// Compares the sources with observed.lock, then runs the rules
    Check {
        /// Look at what changed since this revision, too
        #[arg(long, value_name = "REV")]
        against: Option<String>,
        /// The form of the findings
        #[arg(long, value_enum, default_value = "human")]
        format: FindingFormat,
    },
    /// Shows what changed between two revisions, what widens first; never fails for what it finds
    Diff {
        /// `A..B`, or `A` for what changed from there to the files as they are
        range: String,
        /// The form
        #[arg(long, value_enum, default_value = "text")]
        format: DiffFormat,
    },
    /// Shows what would leave, asks, and writes the answer into observed.toml; needs a terminal
    Review {
        /// The name of a span or an event
        #[arg(required_unless_present = "all_changed")]
        name: Option<String>,
        /// Everything that is new, or changed since it was reviewed
        #[arg(long, conflicts_with = "name")]
        all_changed: bool,
        /// Where the review was talked about
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
    /// Explains a rule, or shows a span; without a name lists the rules
    Explain {
        /// The identifier of a rule, or the name of a span or an event
        name: Option<String>,
    },
    /// Looks whether an exported trace (OTLP/JSON) holds anything that observed.lock does not list
    Verify {
        /// The file; one object, or one in each line
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Columns for a terminal
    Table,
    /// Everything, for scripts
    Json,
    /// A table for a document
    Markdown,
    /// The record of processing (LGPD art. 37, GDPR art. 30)
    Ropa,
    /// The value of `OBSERVED_ATTRIBUTE_ALLOWLIST`
    Allowlist,
    /// The collector's `allowed_keys`
    Collector,
    /// A registry for OpenTelemetry Weaver
    Weaver,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// With the source
    Human,
    /// One line each
    Short,
    /// The diagnostics of rustc, one in each line
    Json,
    /// Annotations of GitHub's workflows
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
}
