//! An annotation as a site, by the grammar that the compiler uses.

use observed_syntax::fingerprint::{self, canonical};
use observed_syntax::model::{Attribute, Err, Late, ObservedFn, Span};
use observed_syntax::parse::{self, Form, LateType};
use observed_syntax::{Diagnostics, function, validate};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;

use super::read::{Fact, Setting, Unresolved};
use super::reason;
use super::value::{Origin, Scope};
use super::wrapper::wrapper;
use crate::place::Place;
use crate::site::{Class, Outcome, Recorded, Site, UNKNOWN, What};

/// Where an annotation stands.
pub(super) struct Around<'a> {
    pub(super) setting: &'a Setting<'a>,
    /// The crate, the modules and what is around inside of them.
    pub(super) path: String,
    pub(super) module: Vec<String>,
    pub(super) cfg: Vec<String>,
    pub(super) scope: Scope,
    pub(super) span: proc_macro2::Span,
}

/// Reads `#[observed(arguments)]` on `item`.
pub(super) fn function(
    arguments: TokenStream,
    item: TokenStream,
    around: &Around<'_>,
    facts: &mut Vec<Fact>,
) -> Option<Unresolved> {
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Attribute, &mut diagnostics);
    let function = function::read(item, &mut diagnostics);
    let model = function.and_then(|function| {
        let records = parse::records(function.body.stream());
        validate::observed_fn(&arguments, &function, &records, &mut diagnostics)
    });
    let Some(model) = model else {
        refused(diagnostics, around, facts);
        return None;
    };
    Some(around.function(&model))
}

/// Reads `observed_span!(arguments)`.
pub(super) fn span(
    arguments: TokenStream,
    around: &Around<'_>,
    facts: &mut Vec<Fact>,
) -> Option<Unresolved> {
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Span, &mut diagnostics);
    let Some(model) = validate::span(&arguments, &mut diagnostics) else {
        refused(diagnostics, around, facts);
        return None;
    };
    let mut found = around.span(&model);
    found.site.fingerprint = fingerprint::of_span(&model);
    Some(found)
}

/// Reads `observed_event!(arguments)`.
pub(super) fn event(
    arguments: TokenStream,
    around: &Around<'_>,
    facts: &mut Vec<Fact>,
) -> Option<Unresolved> {
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Event, &mut diagnostics);
    let Some(model) = validate::event(&arguments, &mut diagnostics) else {
        refused(diagnostics, around, facts);
        return None;
    };
    let mut found = around.new_site(What::Event, &model.name);
    found.site.fingerprint = fingerprint::of_event(&model);
    around.attributes(&model.attributes, &mut found);
    Some(found)
}

/// What the compiler refuses is a finding by the compiler's own rule.
fn refused(diagnostics: Diagnostics, around: &Around<'_>, facts: &mut Vec<Fact>) {
    for error in diagnostics.into_errors() {
        let message = error.to_string();
        let id = message
            .rsplit_once('[')
            .and_then(|(_, id)| id.strip_suffix(']'));
        let span = if error.span().byte_range().is_empty() {
            around.span
        } else {
            error.span()
        };
        facts.push(Fact {
            rule: id.unwrap_or("R2-malformed-argument").to_owned(),
            place: Place::of(around.setting.shown, span),
            message: message
                .rsplit_once(" [")
                .map_or(message.as_str(), |it| it.0)
                .to_owned(),
        });
    }
}

impl Around<'_> {
    fn new_site(&self, what: What, name: &syn::LitStr) -> Unresolved {
        let site = Site {
            what,
            name: name.value(),
            kind: "internal".to_owned(),
            scope: None,
            path: self.path.clone(),
            package: self.setting.package.to_owned(),
            is_member: self.setting.is_member,
            keys: Vec::new(),
            err: Outcome::Unrecorded,
            has_links: false,
            cfg: self.cfg.clone(),
            fingerprint: fingerprint::Fingerprint(0),
            place: Place::of(self.setting.shown, name.span()),
        };
        Unresolved {
            site,
            origins: Vec::new(),
            module: self.module.clone(),
        }
    }

    fn span(&self, model: &Span) -> Unresolved {
        let mut found = self.new_site(What::Span, &model.name);
        found.site.kind = format!("{:?}", model.kind).to_lowercase();
        found.site.scope.clone_from(&model.scope);
        found.site.has_links = model.links.is_some();
        self.attributes(&model.attributes, &mut found);
        found
    }

    fn function(&self, model: &ObservedFn) -> Unresolved {
        let mut found = self.span(&model.span);
        found.site.fingerprint = fingerprint::of_function(model);
        found.site.err = match &model.err {
            None => Outcome::Unrecorded,
            Some(Err { code: None, .. }) => Outcome::TypeName,
            Some(Err {
                code: Some(code), ..
            }) => Outcome::Code(canonical(code.to_token_stream())),
        };
        for late in &model.late {
            self.late(late, &mut found);
        }
        found
    }

    fn attributes(&self, attributes: &[Attribute], found: &mut Unresolved) {
        for attribute in attributes {
            let wrapper = wrapper(attribute.reading);
            let mut key = self.key(&attribute.key, attribute.value.span());
            key.wrappers.extend(wrapper);
            key.not_pii.clone_from(&attribute.not_pii);
            key.needs_reason = reason::of_attribute(attribute);
            found.site.keys.push(key);
            found.origins.push(match wrapper {
                Some(_) => Origin::Known("text".to_owned(), Class::Text),
                None => self.scope.of(&attribute.value),
            });
        }
    }

    fn late(&self, late: &Late, found: &mut Unresolved) {
        let (span, origin) = match &late.ty {
            LateType::Text => (self.span, Origin::Known("text".to_owned(), Class::Text)),
            LateType::Error => (self.span, Origin::Known("error".to_owned(), Class::Literal)),
            LateType::Value(ty) => (ty.span(), self.scope.of_type(ty)),
        };
        let mut key = self.key(&late.key, span);
        key.is_late = true;
        key.not_pii.clone_from(&late.not_pii);
        key.needs_reason = reason::of_late(late);
        found.site.keys.push(key);
        found.origins.push(origin);
    }

    fn key(&self, key: &str, span: proc_macro2::Span) -> Recorded {
        Recorded {
            key: key.to_owned(),
            ty: UNKNOWN.to_owned(),
            class: Class::Unknown,
            wrappers: Vec::new(),
            not_pii: None,
            needs_reason: true,
            is_late: false,
            places: vec![Place::of(self.setting.shown, span)],
        }
    }
}
