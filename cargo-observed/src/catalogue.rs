//! The rules as data: identifier, level, what it finds, what to do, and the page that explains it.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// The check fails.
    Deny,
    /// It is shown.
    Warn,
    /// It is not looked for.
    Allow,
}

impl Level {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "deny" => Some(Self::Deny),
            "warn" => Some(Self::Warn),
            "allow" => Some(Self::Allow),
            _ => None,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Allow => "allow",
        }
    }
}

/// A rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The requirement, then the mistake.
    pub(crate) id: &'static str,
    /// The level unless `observed.toml` says another.
    pub(crate) level: Level,
    /// What it finds, in one line.
    pub(crate) short: &'static str,
    /// What to do about it.
    pub(crate) remedy: &'static str,
    /// The page that `explain` shows.
    pub(crate) page: &'static str,
}

macro_rules! rules {
    ($($id:literal $level:ident $short:literal => $remedy:literal)+) => {
        /// Every rule of the tool, drift first.
        pub(crate) const RULES: &[Rule] = &[$(Rule {
            id: $id,
            level: Level::$level,
            short: $short,
            remedy: $remedy,
            page: include_str!(concat!("../rules/", $id, ".md")),
        }),+];
    };
}

rules! {
    "R21-drift" Deny "the sources and observed.lock do not say the same"
        => "look at the difference, run `cargo observed sync`, and commit observed.lock"
    "R21-max-new" Deny "a change annotates more than a person reviews"
        => "make several changes of it, each of which a person can review line by line"
    "R21-max-modules" Deny "a change annotates in several modules"
        => "make one change for each module"
    "R21-retyped-key" Warn "a change gives a key another type"
        => "give the new values a new key: queries and alerts read the old one"
    "R21-removed-key" Warn "a change takes a key away"
        => "say in the change who was told: queries and alerts may read it"
    "R21-unreviewed" Warn "nobody reviewed what leaves here"
        => "run `cargo observed review NAME`"
    "R21-unreviewed-text" Deny "text leaves that nobody reviewed, where a review is demanded"
        => "run `cargo observed review NAME`, or record an enum instead of the text"
    "R21-changed-since-review" Deny "what leaves is not what was reviewed"
        => "run `cargo observed review NAME`: it shows what changed"
    "R21-expired-review" Deny "a review is too old"
        => "look at it again: `cargo observed review NAME`"
    "R21-empty-review" Deny "a review does not say who, when or what"
        => "run `cargo observed review NAME` in place of writing by hand"
    "R21-self-review" Warn "the author of an annotation reviewed it"
        => "let somebody else look: `cargo observed review NAME`"
    "R21-unused-review" Warn "a review is of nothing that there is"
        => "take it out of observed.toml"
    "R21-unknown-type" Warn "the sources do not show the type of what leaves"
        => "record a parameter, a field, a literal, a cast or a count, or list the package in unknown-types"
    "R21-in-macro" Warn "what a macro makes is not in the lock"
        => "annotate the function itself"
    "R21-lists-disagree" Deny "the allow-list or the collector does not let out what the lock lists"
        => "run `cargo observed sync`"
    "R21-unlisted" Deny "an exported trace holds what the lock does not list"
        => "find what recorded it: code that a macro or a build script makes goes under [unseen], anything else is no annotation"
    "R3-duplicate-name" Deny "two spans have one name"
        => "rename one: a reviewer and a query must tell them apart"
    "R3-similar-name" Warn "two names differ by a slip of the finger"
        => "use one spelling, or names that are further apart"
    "R3-unit-in-name" Warn "the name of a span holds a unit"
        => "a span has a duration of its own; name what is done"
    "R1-key-types" Deny "one key has two types"
        => "use two keys: a backend keeps the first type and drops the rest"
    "R1-unheld-span" Deny "a span ends where it begins"
        => "hold it: let _span = observed_span!(..)"
    "R1-instrument" Deny "tracing::instrument records every parameter"
        => "use #[observed], or add skip_all"
    "R1-tracer" Warn "spans are started beside the toolkit"
        => "use #[observed], observed_span! or .observed(..): nothing else is checked"
    "R2-renamed-macro" Warn "a macro of the toolkit has another name"
        => "import it by its own name: reviewers search for it"
    "R2-observed-getter" Warn "a function that hands out a field has a span"
        => "annotate the function that does the work"
    "R4-endless-span" Deny "a span does not end while the program runs"
        => "annotate what one turn of the loop does"
    "R8-written-by-hand" Deny "AttributeValue is written by hand"
        => "derive it: #[derive(AttributeValue)]"
    "R8-private" Deny "code calls what only the expansion may call"
        => "use the public functions of observed_runtime"
    "R10-no-real-reason" Deny "an override of the dictionary has no reason that tells anything"
        => "say what the value is and why it is nobody's: not_pii(order.shelf, \"a place in the warehouse\")"
    "R10-unused-override" Warn "an override of the dictionary overrides nothing"
        => "take not_pii off: what it says of other code is not looked at any more"
    "R10-own-word" Deny "a key holds a word of the team's own dictionary"
        => "record something else, or say why it is nobody's: not_pii(expression, \"the reason\")"
    "R13-library-enables" Deny "a library switches recording in"
        => "leave the feature to the final binary; a library only annotates"
    "R19-two-opentelemetry" Warn "two versions of opentelemetry are built"
        => "use one: contexts of one version are unknown to the other"
    "R22-deprecated-key" Warn "a key was replaced in the semantic conventions"
        => "write the key that the message names"
    "R22-key-type" Deny "a key has another type than the semantic conventions say"
        => "record what the conventions say, or use a key of a namespace of your own"
}

/// Finds a rule by its identifier.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}
