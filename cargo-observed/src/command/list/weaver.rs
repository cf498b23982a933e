//! The list as a registry for OpenTelemetry Weaver: groups of attributes, one for each span and event, by the schema that lies in
//! `tests/fixtures/weaver`.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::site::{Class, Recorded, Site, What};

pub(super) fn written(sites: &[Site]) -> String {
    let mut text = String::from("groups:\n");
    let mut by_name: BTreeMap<(What, &str), Vec<&Site>> = BTreeMap::new();
    for site in sites {
        by_name
            .entry((site.what, &site.name))
            .or_default()
            .push(site);
    }
    for ((what, name), sites) in by_name {
        // A `String` takes whatever is written.
        let _ = writeln!(
            text,
            "  - id: {}\n    type: {}",
            quoted(&format!("{}.{name}", what.word())),
            what.word()
        );
        match what {
            What::Span => {
                let _ = writeln!(text, "    span_kind: {}", sites[0].kind);
            }
            What::Event => {
                let _ = writeln!(text, "    name: {}", quoted(name));
            }
        }
        let _ = writeln!(
            text,
            "    stability: development\n    brief: {}",
            quoted(&sites[0].path)
        );
        let mut keys: BTreeMap<&str, &Recorded> = BTreeMap::new();
        for key in sites.iter().flat_map(|site| &site.keys) {
            keys.insert(&key.key, key);
        }
        // The schema wants the list, be it empty.
        text.push_str(if keys.is_empty() {
            "    attributes: []\n"
        } else {
            "    attributes:\n"
        });
        for key in keys.values() {
            attribute(key, &mut text);
        }
    }
    text
}

fn attribute(key: &Recorded, text: &mut String) {
    let _ = writeln!(text, "      - id: {}", quoted(&key.key));
    match variants(key) {
        Some(variants) => {
            text.push_str("        type:\n          members:\n");
            for variant in variants {
                let _ = writeln!(
                    text,
                    "            - id: {}\n              value: {}\n              stability: development",
                    quoted(&variant.replace(|it: char| !it.is_ascii_alphanumeric(), "_")),
                    quoted(variant)
                );
            }
        }
        None => {
            let _ = writeln!(text, "        type: {}", ty(key));
        }
    }
    let classes = key.classes();
    let _ = writeln!(
        text,
        "        stability: development\n        requirement_level: recommended"
    );
    let _ = writeln!(text, "        brief: {}", quoted(&classes));
}

fn variants(key: &Recorded) -> Option<Vec<&str>> {
    let inside = key.ty.split_once('{')?.1.strip_suffix('}')?;
    Some(inside.split('|').collect())
}

fn ty(key: &Recorded) -> &'static str {
    match (key.class, key.ty.as_str()) {
        (_, "bool[]") => "boolean[]",
        (_, "int[]") => "int[]",
        (_, "double[]") => "double[]",
        (_, "text[]") => "string[]",
        (Class::Flag, _) => "boolean",
        (Class::Duration, _) | (Class::Number, "f32" | "f64" | "double") => "double",
        (Class::Number, _) => "int",
        (Class::Unknown, _) => "any",
        _ => "string",
    }
}

/// A text in quotes: without them `on` and `null` would be something else.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
