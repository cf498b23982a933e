//! Whether a test recorded what the lock does not list: what reading sources cannot see, it sees.

use std::fmt::Write;

use super::Capture;
use crate::policy::{Lock, What};
use crate::record::finished::Finished;
use crate::record::intern::Names;
use crate::record::site::Site;

/// Fails where this process has recorded a span or an event so far that `lock`, the text of `observed.lock`, does not list.
///
/// Also what reading the sources cannot see is found: annotations that macros make, in `include!` and in `OUT_DIR`. What
/// other tests of the same process recorded counts too; [`Capture::assert_locked`] asks of one capture.
///
/// # Panics
///
/// Where the lock cannot be read, or does not list a site; the message has the line that the lock lacks.
///
/// ```should_panic
/// use observed_runtime::{observed, testing};
///
/// #[observed(name = "double", attrs(n))]
/// fn double(n: u32) -> u32 {
///     n * 2
/// }
///
/// testing::capture(|| double(4));
/// // In a test of your own: include_str!("../../observed.lock")
/// testing::assert_locked("version 1");
/// ```
#[track_caller]
pub fn assert_locked(lock: &str) {
    let mut names = Names::default();
    let recorded = (0..).map_while(|number| names.site(number));
    // What has no fingerprint the runtime made for itself. Whether it is an event's the fingerprint covers.
    let recorded = recorded.filter(|site| site.fingerprint() != 0);
    assert_listed(lock, recorded.map(|site| (None, site)));
}

impl Capture {
    /// Fails where a span or an event was captured that `lock`, the text of `observed.lock`, does not list.
    ///
    /// # Panics
    ///
    /// Where the lock cannot be read, or does not list a site; the message has the line that the lock lacks.
    #[track_caller]
    pub fn assert_locked(&self, lock: &str) {
        let recorded = self.sites.iter();
        assert_listed(lock, recorded.map(|(what, site)| (Some(*what), *site)));
    }
}

/// The annotations that made spans and their events.
pub(super) fn sites(spans: &[Finished]) -> Vec<(What, &'static Site)> {
    let mut sites: Vec<(What, &'static Site)> = Vec::new();
    for span in spans {
        let events = span.events.recorded.iter();
        let events = events.map(|event| (What::Event, event.site));
        for (what, site) in std::iter::once((What::Span, span.site)).chain(events) {
            let is_known = |it: &(What, &'static Site)| it.0 == what && std::ptr::eq(it.1, site);
            if !sites.iter().any(is_known) {
                sites.push((what, site));
            }
        }
    }
    sites
}

#[track_caller]
fn assert_listed(lock: &str, recorded: impl Iterator<Item = (Option<What>, &'static Site)>) {
    let lock = Lock::parse(lock).unwrap_or_else(|problem| panic!("{problem}"));
    let mut missing = String::new();
    for (what, site) in recorded {
        let either = what.map_or([What::Span, What::Event], |what| [what, what]);
        let lists = |what| lock.lists(what, site.name_in_lock(), site.fingerprint());
        if !either.into_iter().any(lists) {
            let _ = write!(missing, "\n  {}", line(what, site));
        }
    }
    assert!(
        missing.is_empty(),
        "observed.lock does not list what was recorded:{missing}\n\
         run `cargo observed sync`; a line of what it does not see (made by a macro, include! or a build script) goes into \
         observed.toml: [unseen] lines = [..]"
    );
}

/// The name as the lock has it: of a request, whose annotation does not say here what of it is known, the parts.
fn listed_name(site: &Site) -> String {
    let name = site.listed_name();
    if name.contains(' ') {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// The line that the lock lacks; what a site does not know of itself is `?`.
fn line(what: Option<What>, site: &'static Site) -> String {
    let code = site.code();
    // An event's site does not say where it stands.
    let seems = if code.module.is_empty() {
        What::Event
    } else {
        What::Span
    };
    let place = [code.module, code.function];
    let place = place.into_iter().filter(|part| !part.is_empty());
    let path = place.collect::<Vec<_>>().join("::");
    let mut line = format!(
        "{} {} {} {}",
        what.unwrap_or(seems).as_str(),
        listed_name(site),
        format!("{:?}", site.kind()).to_lowercase(),
        if path.is_empty() { "?" } else { &path },
    );
    if !site.scope().is_empty() {
        let _ = write!(line, " scope={}", site.scope());
    }
    for key in site.keys() {
        let _ = write!(line, " {key}:?:?");
    }
    let _ = write!(line, " #{:016x} new", site.fingerprint());
    line
}
