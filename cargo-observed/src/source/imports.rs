//! What `use` makes known in a module.

use syn::ext::IdentExt;
use syn::{ItemUse, UseTree};

/// One imported name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The module: the crate first.
    pub(crate) module: Vec<String>,
    /// The name here, `*` for everything.
    pub(crate) name: String,
    /// The path as written.
    pub(crate) target: Vec<String>,
}

/// Lists what one `use` imports.
pub(crate) fn imports(item: &ItemUse, module: &[String]) -> Vec<Import> {
    let mut found = Vec::new();
    walk(&item.tree, &mut Vec::new(), module, &mut found);
    found
}

fn walk(tree: &UseTree, before: &mut Vec<String>, module: &[String], found: &mut Vec<Import>) {
    let mut add = |name: String, last: Option<String>| {
        let target = before.iter().cloned().chain(last).collect();
        found.push(Import {
            module: module.to_vec(),
            name,
            target,
        });
    };
    match tree {
        UseTree::Path(it) => {
            before.push(it.ident.unraw().to_string());
            walk(&it.tree, before, module, found);
            before.pop();
        }
        UseTree::Name(it) => {
            let name = it.ident.unraw().to_string();
            if name == "self" {
                let name = before.last().cloned().unwrap_or_default();
                add(name, None);
            } else {
                add(name.clone(), Some(name));
            }
        }
        UseTree::Rename(it) => {
            let name = it.ident.unraw().to_string();
            let last = (name != "self").then_some(name);
            add(it.rename.unraw().to_string(), last);
        }
        UseTree::Glob(_) => add("*".to_owned(), None),
        UseTree::Group(it) => {
            for tree in &it.items {
                walk(tree, before, module, found);
            }
        }
    }
}
