//! `OTEL_PROPAGATORS`, of which one is built in, and the files that would take the place of all variables.

use super::Reader;

const PROPAGATORS: &str = "OTEL_PROPAGATORS";
const FILES: [&str; 2] = ["OTEL_CONFIG_FILE", "OTEL_EXPERIMENTAL_CONFIG_FILE"];

/// Whether W3C Trace Context is read and written; a list that leaves it out, or says `none`, says no.
pub(super) fn read(reader: &mut Reader<'_>) -> bool {
    let list = reader.text(PROPAGATORS).unwrap_or_default();
    let list = list.to_ascii_lowercase();
    let names: Vec<&str> = list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let has = |name: &str| names.contains(&name);
    let is_none = names.iter().all(|name| *name == "none");
    if names.iter().any(|name| *name != "tracecontext") && !is_none {
        reader.warn(
            PROPAGATORS,
            "only tracecontext and none are known; what is beside them is ignored, baggage too",
        );
    }
    names.is_empty() || has("tracecontext") && !has("none")
}

/// A file would win over every variable, and say where spans go.
pub(super) fn refuse_files(reader: &mut Reader<'_>) {
    for variable in FILES {
        if reader.text(variable).is_some() {
            reader.refuse(
                variable,
                "configuration files are not read, and one would win over every variable",
            );
        }
    }
}
