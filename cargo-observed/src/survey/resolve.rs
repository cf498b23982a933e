//! The types of keys, found through parameters, fields, other names and `use`.

use std::collections::BTreeMap;

use super::seen::Seen;
use crate::site::{Class, Site};
use crate::source::Unresolved;
use crate::source::imports::Import;
use crate::source::types::{Defined, Definition};
use crate::source::value::{Origin, stripped};

/// Steps from a name to its definition; a circle of other names ends here.
pub(super) const LONGEST: usize = 16;

/// The types and imports of all modules.
pub(super) struct Types {
    types: BTreeMap<(Vec<String>, String), Definition>,
    imports: BTreeMap<Vec<String>, Vec<Import>>,
}

/// A type where it was found.
pub(super) enum Found<'a> {
    Primitive(String, Class),
    Defined(Vec<String>, String, &'a Definition),
}

impl Types {
    pub(super) fn of(seen: &[Seen]) -> Self {
        let (mut types, mut imports) = (BTreeMap::new(), BTreeMap::<_, Vec<Import>>::new());
        for read in seen.iter().filter_map(|file| file.read.as_ref()) {
            for Defined {
                module,
                name,
                definition,
            } in &read.types
            {
                types.insert((module.clone(), name.clone()), definition.clone());
            }
            for import in &read.imports {
                imports
                    .entry(import.module.clone())
                    .or_default()
                    .push(import.clone());
            }
        }
        Self { types, imports }
    }

    /// Gives a site the types of its keys.
    pub(super) fn resolved(&self, unresolved: Unresolved) -> Site {
        let Unresolved {
            mut site,
            origins,
            module,
        } = unresolved;
        for (key, origin) in site.keys.iter_mut().zip(&origins) {
            if let Some((ty, class, is_public)) = self.shown(origin, &module) {
                key.ty = ty;
                key.class = class;
                if is_public && key.wrappers.is_empty() {
                    key.wrappers.push("public");
                }
            }
        }
        site
    }

    /// The type and class of a value, and whether its type lets its text out.
    pub(super) fn shown(
        &self,
        origin: &Origin,
        module: &[String],
    ) -> Option<(String, Class, bool)> {
        if let Origin::Known(ty, class) = origin {
            return Some((ty.clone(), *class, false));
        }
        let (mut found, mut is_public) = (self.found(origin, module, LONGEST)?, false);
        for _ in 0..LONGEST {
            let (at, name, definition) = match found {
                Found::Primitive(ty, class) => return Some((ty, class, is_public)),
                Found::Defined(at, name, definition) => (at, name, definition),
            };
            found = match definition {
                Definition::Names(names) => {
                    return Some((format!("{name}{{{}}}", names.join("|")), Class::Enum, false));
                }
                Definition::Newtype {
                    is_public: true, ..
                } => return Some((name, Class::Text, true)),
                Definition::Newtype { ty, .. } => {
                    is_public = false;
                    self.named(ty, &at, LONGEST)?
                }
                Definition::Fields(_) | Definition::Alias(_) => return None,
            };
        }
        None
    }

    pub(super) fn found(
        &self,
        origin: &Origin,
        module: &[String],
        steps: usize,
    ) -> Option<Found<'_>> {
        match origin {
            Origin::Named(name) => self.named(name, module, steps),
            Origin::Field(base, field) => match self.found(base, module, steps)? {
                Found::Defined(at, _, Definition::Fields(fields)) => {
                    self.named(fields.get(field)?, &at, steps)
                }
                _ => None,
            },
            Origin::Known(ty, class) => Some(Found::Primitive(ty.clone(), *class)),
            Origin::Unknown => None,
        }
    }

    fn named(&self, name: &str, module: &[String], steps: usize) -> Option<Found<'_>> {
        let steps = steps.checked_sub(1)?;
        let name = stripped(name);
        let path: Vec<String> = name.split("::").map(str::to_owned).collect();
        if let Some((module, name)) = self.definition(&path, module, steps) {
            let definition = &self.types[&(module.clone(), name.clone())];
            return match definition {
                Definition::Alias(ty) => self.named(ty, &module, steps),
                _ => Some(Found::Defined(module, name, definition)),
            };
        }
        let last = path.last()?;
        primitive(last).map(|class| Found::Primitive(last.clone(), class))
    }

    /// Where a path leads to, seen from a module.
    fn definition(
        &self,
        path: &[String],
        module: &[String],
        steps: usize,
    ) -> Option<(Vec<String>, String)> {
        let steps = steps.checked_sub(1)?;
        let (name, before) = path.split_last()?;
        if before.is_empty() {
            let here = (module.to_vec(), name.clone());
            if self.types.contains_key(&here) {
                return Some(here);
            }
            return self.imported(name, module, steps);
        }
        let mut at = match before[0].as_str() {
            "crate" => vec![module[0].clone()],
            "self" => module.to_vec(),
            "super" => module.split_last()?.1.to_vec(),
            first => {
                let import = self.import(first, module);
                return match import {
                    Some(import) if import.target != path => {
                        let path = [&import.target[..], &path[1..]].concat();
                        self.definition(&path, module, steps)
                    }
                    _ => self
                        .below(module, path, steps)
                        .or_else(|| self.below_crate(path, steps)),
                };
            }
        };
        for part in &before[1..] {
            if part == "super" {
                at.pop();
            } else {
                at.push(part.clone());
            }
        }
        self.definition(std::slice::from_ref(name), &at, steps)
    }

    /// A path that begins with a module of this one.
    fn below(
        &self,
        module: &[String],
        path: &[String],
        steps: usize,
    ) -> Option<(Vec<String>, String)> {
        let (name, before) = path.split_last()?;
        let at = [module, before].concat();
        self.definition(std::slice::from_ref(name), &at, steps)
    }

    fn below_crate(&self, path: &[String], steps: usize) -> Option<(Vec<String>, String)> {
        let (name, before) = path.split_last()?;
        self.definition(std::slice::from_ref(name), before, steps)
    }

    fn import(&self, name: &str, module: &[String]) -> Option<&Import> {
        self.imports.get(module)?.iter().find(|it| it.name == name)
    }

    /// A name that `use` makes known, or one of those that `use ..::*` does.
    fn imported(
        &self,
        name: &str,
        module: &[String],
        steps: usize,
    ) -> Option<(Vec<String>, String)> {
        let steps = steps.checked_sub(1)?;
        if let Some(import) = self.import(name, module) {
            return (import.target.len() > 1)
                .then(|| self.definition(&import.target, module, steps))?;
        }
        let globs = self.imports.get(module)?.iter().filter(|it| it.name == "*");
        globs.into_iter().find_map(|glob| {
            let path = [&glob.target[..], &[name.to_owned()]].concat();
            self.definition(&path, module, steps)
        })
    }
}

fn primitive(name: &str) -> Option<Class> {
    match name {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
        | "isize" | "f32" | "f64" => Some(Class::Number),
        "bool" => Some(Class::Flag),
        "Duration" => Some(Class::Duration),
        _ => None,
    }
}
