//! What leaves of `tracing` libraries, by the list that `observed.toml` names: sites beside those of annotations.

use std::path::Path;

use observed_syntax::fingerprint::Fingerprint;
use observed_tracing::{Kind, List, Listed};

use crate::failure::{Failure, Result};
use crate::people;
use crate::place::Place;
use crate::site::{Class, Outcome, Recorded, Site, What};
use crate::survey::{self, Survey};

/// Adds the entries of the list to the sites of the sources; what the layer would refuse is a failure here.
pub(super) fn add(survey: &mut Survey) -> Result<()> {
    let root = survey::root(&survey.packages);
    let people = people::read(root)?.unwrap_or_default();
    let Some(file) = people.settings.tracing else {
        return Ok(());
    };
    let at = |problem: &dyn std::fmt::Display| Failure::at(Path::new(&file), problem);
    let text = std::fs::read_to_string(root.join(&file)).map_err(|error| at(&error))?;
    let list = List::from_toml(&text).map_err(|mistakes| at(&mistakes))?;
    list.check().map_err(|mistakes| at(&mistakes))?;
    survey.add(
        list.entries()
            .iter()
            .map(|entry| site(entry, &file))
            .collect(),
    );
    Ok(())
}

fn site(entry: &Listed, file: &str) -> Site {
    let target = entry.target();
    let place = Place {
        line: entry.line().unwrap_or(1),
        ..Place::top(file)
    };
    let recorded = |(key, kind): (&str, Kind)| recorded(key, kind, entry.reason(key), &place);
    Site {
        what: if entry.is_span() {
            What::Span
        } else {
            What::Event
        },
        name: entry.exported().to_owned(),
        kind: "internal".to_owned(),
        scope: Some(entry.scope_name())
            .filter(|it| !it.is_empty())
            .map(str::to_owned),
        path: target.to_owned(),
        package: target.split("::").next().unwrap_or_default().to_owned(),
        is_member: true,
        keys: entry.fields().map(recorded).collect(),
        err: Outcome::Unrecorded,
        has_links: false,
        cfg: Vec::new(),
        fingerprint: Fingerprint(entry.fingerprint()),
        place: place.clone(),
    }
}

fn recorded(key: &str, kind: Kind, reason: Option<&str>, place: &Place) -> Recorded {
    let (ty, class, wrapper) = match kind {
        Kind::Number => ("number", Class::Number, None),
        Kind::Flag => ("bool", Class::Flag, None),
        Kind::Public => ("text", Class::Text, Some("public")),
    };
    Recorded {
        key: key.to_owned(),
        ty: ty.to_owned(),
        class,
        wrappers: wrapper.into_iter().collect(),
        not_pii: reason.map(str::to_owned),
        needs_reason: reason.is_some(),
        is_late: false,
        places: vec![place.clone()],
    }
}
