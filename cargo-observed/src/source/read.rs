//! What is known of a file before it is read, and what was read.

use super::imports::Import;
use super::names::Names;
use super::types::Defined;
use super::value::Origin;
use crate::place::Place;
use crate::site::Site;

/// What is known of a file before it is read.
pub(crate) struct Setting<'a> {
    /// The file as it is shown.
    pub(crate) shown: &'a str,
    /// The crate, then the modules.
    pub(crate) module: &'a [String],
    /// Conditions on the way to the file.
    pub(crate) cfg: &'a [String],
    /// The package.
    pub(crate) package: &'a str,
    pub(crate) is_member: bool,
    /// The names of the macros.
    pub(crate) names: &'a Names,
    /// The crates whose macros are the toolkit's: the runtime by its names, and what may re-export it.
    pub(crate) known_crates: &'a [String],
}

/// What was found in a file.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) sites: Vec<Unresolved>,
    pub(crate) types: Vec<Defined>,
    pub(crate) imports: Vec<Import>,
    pub(crate) facts: Vec<Fact>,
}

/// A site whose keys still lack their types.
#[derive(Debug)]
pub(crate) struct Unresolved {
    pub(crate) site: Site,
    /// One for each key.
    pub(crate) origins: Vec<Origin>,
    /// Where the names of types are looked up.
    pub(crate) module: Vec<String>,
}

/// What a rule says of one place.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// The rule's identifier.
    pub(crate) rule: String,
    pub(crate) place: Place,
    /// What was found there, for the message.
    pub(crate) message: String,
}
