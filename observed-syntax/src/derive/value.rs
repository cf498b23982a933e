//! `#[derive(AttributeValue)]`: enums without fields by the names of their variants, newtypes by what they wrap (R8, R9).

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{
    Data, DataEnum, DataStruct, DeriveInput, Fields, Generics, Ident, Member, Path, Type, Variant,
};

use super::arguments::{Arguments, arguments};
use crate::{Diagnostics, Rule, dictionary, patterns, words};

/// A type that becomes an attribute value.
pub struct Derived {
    /// The type's name.
    pub ident: Ident,
    /// The type's generics.
    pub generics: Generics,
    /// How its values are recorded.
    pub shape: Shape,
    /// The path of the runtime, where it is not `::observed_runtime`.
    pub runtime: Option<Path>,
}

/// How values of a derived type are recorded.
pub enum Shape {
    /// By the name of the variant.
    Names(Vec<(Ident, String)>),
    /// As the wrapped value is.
    Newtype {
        /// The one field.
        member: Member,
        /// Its type.
        ty: Box<Type>,
        /// Whether it is text, which `#[attribute(public)]` has let through.
        public: bool,
    },
}

/// Reads a type for which `AttributeValue` is derived.
pub fn value(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Derived> {
    let arguments = arguments(&input.attrs, &["public", "not_pii", "crate"], diagnostics);
    is_no_personal_name(input, &arguments, diagnostics);
    let shape = match &input.data {
        Data::Enum(data) => names(input, data, diagnostics),
        Data::Struct(data) => newtype(input, data, &arguments, diagnostics),
        Data::Union(data) => {
            refuse(data.union_token, diagnostics);
            None
        }
    };
    let derived = Derived {
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        shape: shape?,
        runtime: arguments.runtime,
    };
    diagnostics.is_clean().then_some(derived)
}

fn refuse(tokens: impl ToTokens, diagnostics: &mut Diagnostics) {
    let message = "`AttributeValue` can be derived for an enum whose variants have no fields and for a struct with one \
                   field; record one field of this type instead";
    diagnostics.report(Rule::DeriveValue, tokens, message);
}

fn names(input: &DeriveInput, data: &DataEnum, diagnostics: &mut Diagnostics) -> Option<Shape> {
    if data.variants.is_empty() {
        refuse(&input.ident, diagnostics);
        return None;
    }
    let mut names: Vec<(Ident, String)> = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            refuse(&variant.fields, diagnostics);
            continue;
        }
        let name = variant_name(variant, diagnostics);
        if names.iter().any(|(_, earlier)| *earlier == name) {
            let message = format!(
                "two variants are recorded as {name:?}; rename one with #[attribute(rename = \"..\")]"
            );
            diagnostics.report(Rule::DeriveArgument, &variant.ident, message);
        }
        names.push((variant.ident.clone(), name));
    }
    Some(Shape::Names(names))
}

/// `RateLimited` as `rate_limited`, `V2Beta` as `v2_beta`: digits belong to the word before them, as serde and heck have it.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut previous = '_';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = letter.is_uppercase()
            // `HTTPServer`: the last capital belongs to the word that it begins.
            && (!previous.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase()));
        if (begins || letter == '_') && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        if letter != '_' {
            snake.extend(letter.to_lowercase().map(words::without_accent));
        }
        previous = letter;
    }
    snake.truncate(snake.trim_end_matches('_').len());
    snake
}

/// The name in snake case, or as `rename` says.
fn variant_name(variant: &Variant, diagnostics: &mut Diagnostics) -> String {
    let arguments = arguments(&variant.attrs, &["rename"], diagnostics);
    let Some(rename) = arguments.rename else {
        return snake_case(&variant.ident.unraw().to_string());
    };
    let name = rename.value();
    if name.trim().is_empty() || name.len() > 64 {
        let message = "a name is 1 to 64 characters long";
        diagnostics.report(Rule::DeriveArgument, &rename, message);
    }
    if let Some(pattern) = patterns::find(&name, "") {
        let message = format!("this text looks like an instance of: {}", pattern.name());
        diagnostics.report(Rule::PersonalLiteral, &rename, message);
    }
    name
}

fn newtype(
    input: &DeriveInput,
    data: &DataStruct,
    arguments: &Arguments,
    diagnostics: &mut Diagnostics,
) -> Option<Shape> {
    let mut fields = data.fields.iter();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        refuse(&input.ident, diagnostics);
        return None;
    };
    if is_text(&field.ty) && !arguments.public {
        let message =
            "this is text; say that it may leave the process: #[attribute(public)] on the type";
        diagnostics.report(Rule::DeriveText, &field.ty, message);
    }
    Some(Shape::Newtype {
        member: field
            .ident
            .clone()
            .map_or_else(|| Member::from(0), Member::Named),
        ty: Box::new(field.ty.clone()),
        public: arguments.public,
    })
}

/// R10: a newtype whose name or field says that it is personal data; an enum whose name or variants tell of a special
/// category, of which a name of a closed set tells as much as the data itself.
fn is_no_personal_name(input: &DeriveInput, arguments: &Arguments, diagnostics: &mut Diagnostics) {
    if arguments.not_pii.is_some() {
        return;
    }
    let (inside, is_enum): (Vec<&Ident>, bool) = match &input.data {
        Data::Struct(data) => {
            let fields = data.fields.iter();
            (
                fields.filter_map(|field| field.ident.as_ref()).collect(),
                false,
            )
        }
        Data::Enum(data) => (data.variants.iter().map(|it| &it.ident).collect(), true),
        Data::Union(_) => (Vec::new(), false),
    };
    for name in inside.into_iter().chain([&input.ident]) {
        let Some(hit) = dictionary::find(&name.unraw().to_string()) else {
            continue;
        };
        if hit.is_vague() || hit.is_text() || is_enum && !hit.is_special() {
            continue;
        }
        let message = format!(
            "`{name}` stands for {} (\"{}\" in the dictionary); do not record it, or say why it is none: \
             #[attribute(not_pii = \"the reason\")] on the type",
            hit.group, hit.words
        );
        diagnostics.report(Rule::PersonalName, name, message);
    }
}

/// By its spelling; what is text by another name has no `AttributeValue` and is refused where the derive uses it.
fn is_text(ty: &Type) -> bool {
    let text = ty.to_token_stream().to_string();
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|name| name == "String" || name == "str")
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn names_of_variants_are_those_of_serde_and_heck() {
        for (variant, recorded) in [
            ("RateLimited", "rate_limited"),
            ("Http2", "http2"),
            ("V2Beta", "v2_beta"),
            ("Utf8Text", "utf8_text"),
            ("HTTPServer", "http_server"),
            ("X86_64", "x86_64"),
            ("Level10m", "level10m"),
            ("Sha256Sum", "sha256_sum"),
            ("Endereço", "endereco"),
            ("A", "a"),
            ("Snake_Case_", "snake_case"),
        ] {
            assert_eq!(snake_case(variant), recorded);
        }
    }
}
