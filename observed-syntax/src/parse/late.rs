//! The entries of `late(...)`: `order.cents: u64`, `reason: text`, `shelf: not_pii(u64, "reason")`.

use proc_macro2::{Group, Ident};
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Token, Type};

use super::attributes::{self, Key};
use super::list::{self, Entries};
use super::read;
use super::unread::Unread;
use crate::{Diagnostics, Rule};

/// One entry of `late(...)`.
pub struct LateEntry {
    /// The key.
    pub key: Key,
    /// What the key takes.
    pub ty: LateType,
    /// The reason why the key holds no personal data, where one was given.
    pub not_pii: Option<String>,
}

/// What a late attribute takes.
#[derive(Clone)]
pub enum LateType {
    /// A type that is an attribute value.
    Value(Box<Type>),
    /// `text`: text, in a wrapper where it is recorded.
    Text,
    /// `status: error`: no attribute, but the span's status, by a code of the program's own.
    Error,
}

/// The word for text.
const TEXT: &str = "text";
/// The word for a status.
const ERROR: &str = "error";
/// The one key that it is declared for.
pub(super) const STATUS: &str = "status";

const ENTRIES: Entries = Entries {
    what: "late attribute",
    example: "order.cents: u64, or reason: text",
};

/// Reads all entries; one that cannot be read is reported and skipped.
pub(super) fn read(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<LateEntry>> {
    let content = read::parenthesized(
        keyword,
        "a list",
        "late(order.cents: u64)",
        input,
        diagnostics,
    )?;
    Some(list::entries(content, ENTRIES, diagnostics, entry))
}

fn entry(input: ParseStream<'_>) -> Result<LateEntry, Unread> {
    if input.peek2(Token![@]) {
        let handle: Ident = input.parse()?;
        let message = format!(
            "there are no handles: declare late(the.key: u64), and record it with observed_record!(the.key = {handle})"
        );
        return Err(Unread::told(Rule::LateHandle, &handle, message));
    }
    let key = attributes::key(input)?;
    if !input.peek(Token![:]) {
        let text = &key.text;
        let message = format!(
            "`{text}` needs the type of what is recorded: late({text}: u64), or late({text}: text)"
        );
        return Err(Unread::told(Rule::MalformedArgument, &key.tokens, message));
    }
    input.parse::<Token![:]>()?;
    if key.text == STATUS && word_alone(input, ERROR) {
        input.parse::<Ident>()?;
        return Ok(LateEntry {
            key,
            ty: LateType::Error,
            not_pii: None,
        });
    }
    let (ty, not_pii) = late_type(input, &key)?;
    Ok(LateEntry { key, ty, not_pii })
}

/// A type, `text`, or one of them in `not_pii(.., "reason")`.
fn late_type(input: ParseStream<'_>, key: &Key) -> Result<(LateType, Option<String>), Unread> {
    let ahead = input.fork();
    let word = ahead.parse::<Ident>();
    let has_parentheses = ahead.peek(syn::token::Paren);
    let (Ok(word), true) = (word, has_parentheses) else {
        return Ok((type_or_text(input)?, None));
    };
    if word == "public" {
        let text = &key.text;
        let message = format!(
            "text is declared late({text}: text), and recorded with a wrapper: observed_record!({text} = public(value))"
        );
        return Err(Unread::told(Rule::LateText, &word, message));
    }
    if word != "not_pii" {
        return Ok((type_or_text(input)?, None));
    }
    input.parse::<Ident>()?;
    let content: Group = input.parse()?;
    let read = type_and_reason.parse2(content.stream()).ok();
    let Some((ty, reason)) = read.filter(|(_, reason)| !reason.trim().is_empty()) else {
        let message = "`not_pii` takes a type and the reason why it is no personal data: \
                       late(shelf: not_pii(u64, \"a place in the warehouse\"))";
        return Err(Unread::told(Rule::NotPiiReason, &word, message));
    };
    Ok((ty, Some(reason)))
}

/// `u64, "reason"`
fn type_and_reason(content: ParseStream<'_>) -> syn::Result<(LateType, String)> {
    let ty = type_or_text(content)?;
    content.parse::<Token![,]>()?;
    Ok((ty, content.parse::<LitStr>()?.value()))
}

fn type_or_text(input: ParseStream<'_>) -> syn::Result<LateType> {
    if word_alone(input, TEXT) {
        input.parse::<Ident>()?;
        return Ok(LateType::Text);
    }
    input.parse().map(Box::new).map(LateType::Value)
}

/// Whether a word stands ahead, and nothing else before the next comma.
fn word_alone(input: ParseStream<'_>, word: &str) -> bool {
    let ahead = input.fork();
    let is_word = ahead.parse::<Ident>().is_ok_and(|it| it == word);
    is_word && (ahead.is_empty() || ahead.peek(Token![,]))
}
