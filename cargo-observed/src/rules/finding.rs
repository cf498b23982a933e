//! What a rule finds.

use crate::catalogue::{Level, find};
use crate::place::Place;
use crate::site::Site;

/// One thing that a person must look at.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) id: String,
    pub(crate) level: Level,
    pub(crate) place: Place,
    pub(crate) message: String,
    /// The package, unless it is about the workspace.
    pub(crate) package: Option<String>,
}

impl Finding {
    pub(crate) fn new(id: &str, place: &Place, message: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            level: find(id).map_or(Level::Deny, |rule| rule.level),
            place: place.clone(),
            message: message.into(),
            package: None,
        }
    }

    /// A finding about a site.
    pub(super) fn of(id: &str, site: &Site, message: impl Into<String>) -> Self {
        Self {
            package: Some(site.package.clone()),
            ..Self::new(id, &site.place, message)
        }
    }

    /// What to do about it; a rule of the compiler says so in its message.
    pub(crate) fn remedy(&self) -> &'static str {
        find(&self.id).map_or("", |rule| rule.remedy)
    }
}
