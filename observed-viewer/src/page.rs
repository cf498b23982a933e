//! The page: its markup, its style, its script, and the policy that lets nothing else run.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use opentelemetry_sdk::trace::SpanData;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::data;
use crate::note::Note;

const MARKUP: &str = include_str!("../page/page.html");
const STYLE: &str = include_str!("../page/page.css");
/// One script in parts: each names only what stands before it, or what is called later.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("../page/format.js"),
    include_str!("../page/store.js"),
    include_str!("../page/tree.js"),
    include_str!("../page/search.js"),
    include_str!("../page/keys.js"),
    include_str!("../page/details.js"),
    include_str!("../page/waterfall.js"),
    include_str!("../page/list.js"),
    include_str!("../page/start.js"),
    "})();\n",
);

/// What the markup lets run and load: its own script and style, by hash.
static OWN: LazyLock<String> = LazyLock::new(|| {
    let [script, style] = [SCRIPT, STYLE].map(|text| STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; \
         form-action 'none'"
    )
});

#[derive(Serialize)]
struct Head<'a> {
    service: &'a str,
    live: bool,
    notes: &'a [Note],
}

/// Writes the page as one file, with these spans in it.
pub fn file(service: &str, spans: &[SpanData], notes: &[Note]) -> String {
    let spans: Vec<String> = spans.iter().map(data::json).collect();
    let head = Head {
        service,
        live: false,
        notes,
    };
    fill(&OWN, &document(&head, &spans.join(",")))
}

/// Writes the page that asks the program for its spans, and its policy.
pub(crate) fn live(service: &str) -> (String, String) {
    let head = Head {
        service,
        live: true,
        notes: &[],
    };
    let asks = format!("{}; connect-src 'self'", *OWN);
    let page = fill(&asks, &document(&head, ""));
    // What counts in a header only.
    (page, format!("{asks}; frame-ancestors 'none'"))
}

fn document(head: &Head<'_>, spans: &str) -> String {
    // A title and texts: there is nothing in it that JSON cannot say.
    let head = serde_json::to_string(head).unwrap_or_default();
    format!("{{\"head\":{head},\"spans\":[{spans}]}}")
}

/// Puts the parts into the markup, the data last: nothing in it is looked at for a mark.
fn fill(policy: &str, data: &str) -> String {
    let page = MARKUP
        .replacen("{{policy}}", policy, 1)
        .replacen("{{style}}", STYLE, 1)
        .replacen("{{script}}", SCRIPT, 1);
    page.replacen("{{data}}", &inert(data), 1)
}

/// JSON without a character that could end the element that it stands in, or begin another.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests;
