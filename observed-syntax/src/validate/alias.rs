//! R10: what the parameters of a function stand for besides their names: the type of one, and the field that a pattern gave
//! another name.

use syn::ext::IdentExt;
use syn::{FnArg, GenericArgument, Member, Pat, PathArguments, PathSegment, Type};

use super::secret;
use crate::function::Function;

/// The other names of one parameter.
#[derive(Clone)]
pub(super) struct Alias {
    /// The name in the function.
    pub(super) binding: String,
    pub(super) stands_for: StandsFor,
}

/// What a parameter stands for.
#[derive(Clone)]
pub(super) enum StandsFor {
    /// A field of this name.
    Field(String),
    /// A value of this type.
    Type(String),
    /// What a wrapper of secrets holds; the wrapper's name.
    Secret(String),
}

/// Lists the aliases of all parameters.
pub(super) fn of(function: &Function) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for argument in &function.written.inputs {
        if let FnArg::Typed(typed) = argument {
            of_pattern(&typed.pat, Some(&typed.ty), &mut aliases);
        }
    }
    aliases
}

fn of_pattern(pattern: &Pat, ty: Option<&Type>, aliases: &mut Vec<Alias>) {
    match pattern {
        Pat::Ident(binding) => {
            if let Some(ty) = ty.and_then(held) {
                let name = ty.ident.unraw().to_string();
                let mut add = |stands_for| {
                    aliases.push(Alias {
                        binding: binding.ident.unraw().to_string(),
                        stands_for,
                    });
                };
                if secret::wraps(ty) {
                    add(StandsFor::Secret(name.clone()));
                }
                add(StandsFor::Type(name));
            }
        }
        Pat::Paren(it) => of_pattern(&it.pat, ty, aliases),
        Pat::Reference(it) => of_pattern(&it.pat, ty, aliases),
        Pat::Tuple(it) => {
            for (position, element) in it.elems.iter().enumerate() {
                let ty = match ty {
                    Some(Type::Tuple(types)) => types.elems.get(position),
                    _ => None,
                };
                of_pattern(element, ty, aliases);
            }
        }
        Pat::TupleStruct(it) => it
            .elems
            .iter()
            .for_each(|element| of_pattern(element, None, aliases)),
        Pat::Struct(it) => {
            for field in &it.fields {
                if let (Member::Named(member), Pat::Ident(binding)) = (&field.member, &*field.pat) {
                    aliases.push(Alias {
                        binding: binding.ident.unraw().to_string(),
                        stands_for: StandsFor::Field(member.unraw().to_string()),
                    });
                } else {
                    of_pattern(&field.pat, None, aliases);
                }
            }
        }
        _ => {}
    }
}

/// A type without references and without what only holds it: `&Option<Email>` is `Email`.
fn held(ty: &Type) -> Option<&PathSegment> {
    const HOLDERS: &[&str] = &[
        "Option",
        "Box",
        "Arc",
        "Rc",
        "Cow",
        "Vec",
        "Mutex",
        "MutexGuard",
        "RwLock",
        "RwLockReadGuard",
        "RwLockWriteGuard",
        "RefCell",
        "Ref",
        "RefMut",
        "Pin",
    ];
    match ty {
        Type::Reference(it) => held(&it.elem),
        Type::Paren(it) => held(&it.elem),
        Type::Group(it) => held(&it.elem),
        Type::Slice(it) => held(&it.elem),
        Type::Array(it) => held(&it.elem),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            if !HOLDERS.contains(&last.ident.unraw().to_string().as_str()) {
                return Some(last);
            }
            let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return None;
            };
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(inner) => held(inner),
                _ => None,
            })
        }
        _ => None,
    }
}
