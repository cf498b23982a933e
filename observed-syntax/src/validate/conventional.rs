//! R22: what stands under a key of the semantic conventions is what these say, and the key is one that is still good.

use proc_macro2::{Ident, TokenStream};
use syn::{Expr, Lit, Type, UnOp};

use crate::conventions::{self, Holds, VERSION};
use crate::model::{Conventional, Reading, Replaced, Suspicion, ValueKind};
use crate::parse::LateType;
use crate::{Diagnostics, Rule};

/// What an expression or a type shows of its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// One text, or a list of texts: a wrapper takes either.
    Text,
    Whole,
    Fraction,
    Flag,
}

impl Shown {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Whole => "a whole number",
            Self::Fraction => "a fraction",
            Self::Flag => "a flag",
        }
    }

    fn is(self, holds: Holds) -> bool {
        match holds {
            Holds::Text | Holds::Texts => self == Self::Text,
            Holds::Whole | Holds::Wholes => self == Self::Whole,
            Holds::Fraction => self == Self::Fraction,
            Holds::Flag => self == Self::Flag,
            Holds::Any => true,
        }
    }
}

/// What the conventions have to say of a value under a key; a kind that shows and is another is reported.
pub(super) fn judged(
    key: &str,
    tokens: &TokenStream,
    value: &Expr,
    reading: Reading,
    diagnostics: &mut Diagnostics,
) -> Conventional {
    let shown = match reading {
        Reading::Plain => of_value(value),
        Reading::Public | Reading::PublicStatic | Reading::PublicDisplay => Some(Shown::Text),
    };
    of(key, tokens, shown, value, diagnostics)
}

/// What the conventions have to say of a late key and what is declared for it.
pub(super) fn declared(
    key: &str,
    tokens: &TokenStream,
    ty: &LateType,
    diagnostics: &mut Diagnostics,
) -> Conventional {
    match ty {
        LateType::Text => of(key, tokens, Some(Shown::Text), tokens, diagnostics),
        LateType::Value(ty) => of(key, tokens, of_type(ty), ty, diagnostics),
    }
}

fn of(
    key: &str,
    tokens: &TokenStream,
    shown: Option<Shown>,
    value: impl quote::ToTokens,
    diagnostics: &mut Diagnostics,
) -> Conventional {
    let Some(convention) = conventions::find(key) else {
        return Conventional::default();
    };
    let (holds, mut expected) = (convention.holds, None);
    match shown {
        Some(shown) if shown.is(holds) => {}
        Some(shown) => {
            let message = format!(
                "`{key}` is {} in the semantic conventions ({VERSION}), and this is {}; record what they say, or use a \
                 key of your own",
                holds.word(),
                shown.word()
            );
            diagnostics.report(Rule::KeyType, value, message);
        }
        None => expected = asked(key, holds),
    }
    let replaced = convention.replaced(key).map(|note| Replaced {
        named: named(key, tokens),
        note: format!("{note} [R22-deprecated-key]"),
    });
    Conventional { expected, replaced }
}

/// What the compiler shows as the name of a key: `http.method` as the constant `HTTP_METHOD`, on the first of the key's tokens.
fn named(key: &str, tokens: &TokenStream) -> Ident {
    let word = |it: char| {
        if it.is_ascii_alphanumeric() {
            it.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    let name: String = key.chars().map(word).collect();
    let first = tokens.clone().into_iter().next();
    let at = first.map_or_else(proc_macro2::Span::call_site, |token| token.span());
    Ident::new(&name, at)
}

/// What the type of a value is asked whose kind does not show.
fn asked(key: &str, holds: Holds) -> Option<Suspicion> {
    let kinds = match holds {
        Holds::Text | Holds::Texts => vec![ValueKind::Name, ValueKind::Text],
        Holds::Whole | Holds::Wholes => vec![ValueKind::Number],
        Holds::Fraction => vec![ValueKind::Number, ValueKind::Elapsed],
        Holds::Flag => vec![ValueKind::Flag],
        Holds::Any => return None,
    };
    let word = holds.word();
    Some(Suspicion {
        message: format!(
            "`{key}` is {word} in the semantic conventions ({VERSION}), and this value is something else [{}]",
            Rule::KeyType.id()
        ),
        label: format!("not {word}"),
        notes: [
            "backends and dashboards read the keys of the conventions by the types that these give them".to_owned(),
            format!("record {word} under `{key}`, or use a key of a namespace of your own"),
        ],
        kinds,
    })
}

fn of_value(value: &Expr) -> Option<Shown> {
    match value {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(_) => Some(Shown::Text),
            Lit::Bool(_) => Some(Shown::Flag),
            Lit::Int(it) if it.suffix().starts_with('f') => Some(Shown::Fraction),
            Lit::Int(_) => Some(Shown::Whole),
            Lit::Float(_) => Some(Shown::Fraction),
            _ => None,
        },
        Expr::Unary(it) if matches!(it.op, UnOp::Neg(_)) => of_value(&it.expr),
        Expr::Reference(it) => of_value(&it.expr),
        Expr::Paren(it) => of_value(&it.expr),
        Expr::Group(it) => of_value(&it.expr),
        Expr::Cast(it) => of_type(&it.ty),
        _ => None,
    }
}

/// What a type shows by its name; an alias of the program's own shows nothing.
fn of_type(ty: &Type) -> Option<Shown> {
    let Type::Path(path) = ty else {
        return None;
    };
    match path.path.get_ident()?.to_string().as_str() {
        "bool" => Some(Shown::Flag),
        "f32" | "f64" => Some(Shown::Fraction),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" => {
            Some(Shown::Whole)
        }
        _ => None,
    }
}
