//! `#[derive(Classified)]`: which fields are personal data (R7).

use std::collections::BTreeMap;

use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Generics, Ident, Meta, Path};

use super::arguments::runtime;
use crate::{Diagnostics, Rule};

/// A type with its marked fields.
pub struct Classified {
    /// The type's name.
    pub ident: Ident,
    /// The type's generics.
    pub generics: Generics,
    /// The numbers of the marked fields.
    pub marked: Vec<u64>,
    /// The path of the runtime, where it is not `::observed_runtime`.
    pub runtime: Option<Path>,
}

/// Reads the marks of a struct's or an enum's fields.
pub fn classified(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Classified> {
    let fields: Vec<(String, &Field)> = match &input.data {
        Data::Struct(data) => named(&data.fields).collect(),
        Data::Enum(data) => data
            .variants
            .iter()
            .flat_map(|variant| named(&variant.fields))
            .collect(),
        Data::Union(data) => {
            let message = "`Classified` is for structs and enums";
            diagnostics.report(Rule::DeriveArgument, data.union_token, message);
            Vec::new()
        }
    };
    let variants = match &input.data {
        Data::Enum(data) => data.variants.iter().map(|variant| &variant.attrs).collect(),
        _ => Vec::new(),
    };
    for attributes in variants.into_iter().chain([&input.attrs]) {
        for mark in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("pii"))
        {
            let message = "#[pii] marks fields; put it on each field that is personal data";
            diagnostics.report(Rule::DeriveArgument, mark, message);
        }
    }
    let mut marked = Vec::new();
    let mut numbers: BTreeMap<u64, &str> = BTreeMap::new();
    for (name, field) in &fields {
        let number = field_number(name);
        if numbers
            .insert(number, name)
            .is_some_and(|other| other != name)
        {
            let message =
                "two fields have names that cannot be told apart here; rename one of them";
            diagnostics.report(Rule::DeriveArgument, field, message);
        }
        if is_marked(&field.attrs, diagnostics) && !marked.contains(&number) {
            marked.push(number);
        }
    }
    let model = Classified {
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        marked,
        runtime: runtime_of(&input.attrs, diagnostics),
    };
    diagnostics.is_clean().then_some(model)
}

fn named(fields: &Fields) -> impl Iterator<Item = (String, &Field)> {
    fields.iter().enumerate().map(|(position, field)| {
        let name = field
            .ident
            .as_ref()
            .map_or_else(|| position.to_string(), |ident| ident.unraw().to_string());
        (name, field)
    })
}

fn is_marked(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> bool {
    let marks: Vec<&Attribute> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("pii"))
        .collect();
    for mark in marks
        .iter()
        .filter(|mark| !matches!(mark.meta, Meta::Path(_)))
    {
        diagnostics.report(Rule::DeriveArgument, mark, "#[pii] takes no arguments");
    }
    !marks.is_empty()
}

fn runtime_of(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Option<Path> {
    let mut path = None;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("classified"))
    {
        let read = attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("crate") {
                return Err(
                    meta.error("#[classified(...)] takes crate = path [R8-derive-argument]")
                );
            }
            path = Some(runtime(&meta)?);
            Ok(())
        });
        if let Err(error) = read {
            diagnostics.merge(error);
        }
    }
    path
}

/// Makes a field's name a number that can stand in a type: FNV-1a. Two names of one type with the same number are an
/// error above.
#[must_use]
pub fn field_number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
