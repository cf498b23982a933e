//! The list for scripts.

use serde_json::{Value, json};

use crate::people::People;
use crate::place::Place;
use crate::site::{Outcome, Recorded, Site};

pub(super) fn written(sites: &[Site], people: &People) -> String {
    let sites: Vec<Value> = sites.iter().map(|it| site(it, people)).collect();
    format!("{:#}\n", json!({ "version": 1, "sites": sites }))
}

fn site(site: &Site, people: &People) -> Value {
    json!({
        "what": site.what.word(),
        "name": site.name,
        "kind": site.kind,
        "scope": site.scope,
        "path": site.path,
        "package": site.package,
        "place": place(&site.place),
        "err": site.err != Outcome::Unrecorded,
        "code": match &site.err {
            Outcome::Code(code) => Some(code),
            _ => None,
        },
        "links": site.has_links,
        "cfg": site.cfg,
        "fingerprint": site.fingerprint.to_string(),
        "seal": site.seal(),
        "standing": people.standing(site).word(),
        "owner": people.owner(site),
        "keys": site.keys.iter().map(key).collect::<Vec<_>>(),
    })
}

fn key(key: &Recorded) -> Value {
    json!({
        "key": key.key,
        "type": key.ty,
        "class": key.class.word(),
        "wrappers": key.wrappers,
        "not_pii": key.not_pii,
        "late": key.is_late,
        "places": key.places.iter().map(place).collect::<Vec<_>>(),
    })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line, "column": place.column })
}
