//! What the rules look at.

use std::collections::BTreeMap;

use crate::lock::Lock;
use crate::people::People;
use crate::site::Site;
use crate::survey::Survey;

/// What the rules look at.
#[derive(Debug)]
pub(crate) struct Evidence<'a> {
    pub(crate) survey: &'a Survey,
    pub(crate) people: &'a People,
    /// The lock that is committed.
    pub(crate) lock: Option<&'a Lock>,
    /// The lock that the sources make.
    pub(crate) now: &'a Lock,
    /// The sites of the workspace at another revision.
    pub(crate) before: Option<&'a Lock>,
    /// Who wrote the annotation of each review that holds, as git knows it.
    pub(crate) authors: &'a BTreeMap<String, String>,
    /// The day, `YYYY-MM-DD`.
    pub(crate) today: &'a str,
}

/// The sites of the workspace itself: what a dependency does is for its own review.
pub(super) fn members<'a>(evidence: &Evidence<'a>) -> impl Iterator<Item = &'a Site> + use<'a> {
    evidence.survey.sites.iter().filter(|site| site.is_member)
}
