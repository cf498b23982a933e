//! Exported traces: OTLP/JSON, one object or one in each line, as the Collector's file exporter writes it.

use std::path::Path;

use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::site::What;

/// A span or an event that left.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) what: What,
    pub(crate) name: String,
    /// Keys with the type of their value, as the lock writes types; nothing where it has none.
    pub(crate) attributes: Vec<(String, Option<&'static str>)>,
    /// Whether it has events or links.
    pub(crate) has_more: bool,
}

/// Reads the records of a file; the events of a span come after it.
pub(crate) fn read(file: &Path) -> Result<Vec<Record>> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::at(file, error))?;
    let mut records = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        let value =
            value.map_err(|error| Failure::at(file, format_args!("this is no JSON: {error}")))?;
        for resource in list(&value, "resourceSpans") {
            for scope in list(resource, "scopeSpans") {
                for span in list(scope, "spans") {
                    self::span(span, file, &mut records)?;
                }
            }
        }
    }
    if records.is_empty() {
        return Err(Failure::at(
            file,
            "there is no span; OTLP/JSON has resourceSpans, scopeSpans, spans",
        ));
    }
    Ok(records)
}

fn span(span: &Value, file: &Path, records: &mut Vec<Record>) -> Result<()> {
    let name = text(span, "name").ok_or_else(|| Failure::at(file, "a span has no name"))?;
    let mut more = ["events", "links"].into_iter();
    records.push(Record {
        what: What::Span,
        name: name.to_owned(),
        attributes: attributes(span),
        has_more: more.any(|it| list(span, it).next().is_some()),
    });
    records.extend(list(span, "events").map(|event| Record {
        what: What::Event,
        name: text(event, "name").unwrap_or_default().to_owned(),
        attributes: attributes(event),
        has_more: false,
    }));
    Ok(())
}

fn attributes(record: &Value) -> Vec<(String, Option<&'static str>)> {
    let of = |it: &Value| {
        let key = text(it, "key").unwrap_or_default();
        (key.to_owned(), it.get("value").and_then(ty))
    };
    list(record, "attributes").map(of).collect()
}

/// The type of a value of OTLP; of a list that of its elements, where they are of one.
fn ty(value: &Value) -> Option<&'static str> {
    let has = |name: &str| value.get(name).is_some();
    if let Some(list) = value.get("arrayValue") {
        let mut types = self::list(list, "values").map(ty);
        let first = types.next()??;
        return types.all(|it| it == Some(first)).then_some(match first {
            "int" => "int[]",
            "double" => "double[]",
            "bool" => "bool[]",
            _ => "text[]",
        });
    }
    [
        ("intValue", "int"),
        ("doubleValue", "double"),
        ("boolValue", "bool"),
        ("stringValue", "text"),
    ]
    .into_iter()
    .find_map(|(name, ty)| has(name).then_some(ty))
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}
