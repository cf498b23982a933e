//! What people wrote down of what no source shows (`[unseen]`), beside what sources show.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::lock;
use crate::people::{self, Unseen};
use crate::place::Place;
use crate::survey::{self, Survey};

/// Adds the sites of `observed.toml` to those of the sources.
pub(super) fn add(survey: &mut Survey) -> Result<()> {
    let people = people::read(survey::root(&survey.packages))?.unwrap_or_default();
    let sites: Vec<_> = people
        .unseen
        .iter()
        .map(|Unseen { text, line }| {
            let place = Place {
                line: *line,
                ..Place::top(people::FILE)
            };
            lock::unseen(text, &place).map_err(|message| {
                let file = Path::new(people::FILE);
                Failure::at(file, format!("line {line}, in [unseen]: {message}"))
            })
        })
        .collect::<Result<_>>()?;
    survey.add(sites);
    Ok(())
}
