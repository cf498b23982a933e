//! Texts that are made to be slow to look at, or to break what looks.

use super::*;

#[test]
fn any_text_can_be_looked_at() {
    for text in [
        "",
        "%",
        "%4",
        "@",
        "=",
        ":",
        "://",
        "-",
        "--",
        "é",
        "eyJ",
        "sk-",
        "Bearer",
        "0",
        "\u{0}@\u{0}.aa",
    ] {
        let _ = find(text, text);
    }
}

/// As long as the longest text that is looked at.
const LENGTH: usize = 16 * 1024;

/// What patterns begin with, over and over.
const PARTS: &[&str] = &[
    "a",
    "1",
    "=",
    ":",
    "@",
    "%",
    "%40",
    "&#64;",
    "\\u0040",
    "+",
    "-",
    "--",
    "://",
    "a@",
    "@a.",
    "1.1.1.",
    "2001:",
    "1234 ",
    "12.345.",
    "ghp_",
    "sk-",
    "eyJ",
    "YWFh",
    "YWFh/",
    "password=",
    "password ",
    "password is ",
    "<password>",
    "\"password\",",
    "Bearer ",
    "AUTH ",
    "-u a:",
    "AC",
    "MII",
    "M",
    "bc1q",
    "DE89",
    "0x",
    "X",
    "***.",
    "411111",
    "/home/a.",
    "reset/",
    "?code=",
    "-----BEGIN PRIVATE KE",
    "authorization: ",
    "cookie: ",
    "\u{200b}",
    "\u{ff11}",
    "\u{1d7ce}",
    "=40",
    "$2b$",
    "Q~",
    ".atlasv1.",
];

/// Counts what is done rather than the time: a text of twice the length must not take four times the work.
#[test]
fn a_text_of_nothing_but_beginnings_is_looked_at() {
    for part in PARTS {
        for key in ["note", "pix", "document"] {
            let text = part.repeat(LENGTH / part.len());
            let _ = find(&text, key);
            let joined = format!("{text} {text}");
            let _ = find(&joined, key);
        }
    }
}
