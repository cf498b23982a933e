//! The modules of a crate as files, and which file names which: paths that begin with `crate`, `super`, `self` or a child
//! module, in `use` and in code.
//!
//! What is under `#[cfg(test)]` is left out. A parent that re-exports what a child of its own defines does not name the
//! child by that, unless it uses the name itself; who takes the re-exported name, names the child. A path that begins with
//! a name that a `use` made known is followed through that `use`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::tokens::{self, Named, Read};

/// A path of modules below the root of the crate.
type Module = Vec<String>;

/// The files of one crate.
pub(crate) struct Modules {
    root: PathBuf,
    files: BTreeMap<Module, File>,
}

struct File {
    /// Relative to the folder of the crate's root.
    path: PathBuf,
    read: Read,
}

impl Modules {
    /// Reads the modules below `root`, which is a `lib.rs` or a `main.rs`.
    pub(crate) fn read(root: &Path) -> Self {
        Self::read_by(root, tokens::read)
    }

    /// Reads them with what is under `#[cfg(test)]`.
    pub(crate) fn read_with_tests(root: &Path) -> Self {
        Self::read_by(root, tokens::read_with_tests)
    }

    fn read_by(root: &Path, read: fn(&str) -> Read) -> Self {
        let folder = root.parent().unwrap().to_owned();
        let mut modules = Self {
            root: folder.clone(),
            files: BTreeMap::new(),
        };
        modules.add(Vec::new(), root, &folder, read);
        modules
    }

    /// Adds the file of `module`, whose children are below `folder`.
    fn add(&mut self, module: Module, file: &Path, folder: &Path, by: fn(&str) -> Read) {
        let text =
            fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let read = by(&text);
        for child in &read.children {
            let (its_file, its_folder) = found(folder, file, &child.name, child.path.as_deref());
            let name = [module.clone(), vec![child.name.clone()]].concat();
            self.add(name, &its_file, &its_folder, by);
        }
        let path = file.strip_prefix(&self.root).unwrap().to_owned();
        self.files.insert(module, File { path, read });
    }

    /// All files, relative to the folder of the crate's root.
    pub(crate) fn files(&self) -> BTreeSet<PathBuf> {
        self.files.values().map(|file| file.path.clone()).collect()
    }

    /// Which file names which other ones.
    pub(crate) fn arrows(&self) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
        let mut arrows = BTreeMap::new();
        for (module, file) in &self.files {
            let named: BTreeSet<PathBuf> = file
                .read
                .named
                .iter()
                .filter_map(|named| Some((named, self.target(module, &named.path, 0)?)))
                .filter(|(named, target)| {
                    let is_of_a_child = target.starts_with(module);
                    !(is_of_a_child && file.read.only_hands_on(named))
                })
                .map(|(_, target)| target)
                .map(|target| self.files[&target].path.clone())
                .filter(|target| *target != file.path)
                .collect();
            arrows.insert(file.path.clone(), named);
        }
        arrows
    }

    /// The module whose file defines what a path written in `module` names.
    fn target(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        let mut at = module.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {}
            child if self.is_child(module, child) => {}
            known => return self.through_a_use(module, known, &rest[1..], depth),
        }
        while rest.first().is_some_and(|segment| segment == "super") {
            at.pop();
            rest = &rest[1..];
        }
        self.definer(at, rest, depth)
    }

    /// What a path names whose first segment a `use` made known.
    fn through_a_use(
        &self,
        module: &Module,
        known: &str,
        rest: &[String],
        depth: usize,
    ) -> Option<Module> {
        if depth > 8 {
            return None;
        }
        let mut named = self.files[module].read.named.iter();
        let used = named.find(|named| named.known_as.as_deref() == Some(known))?;
        let path = [&used.path, rest].concat();
        self.target(module, &path, depth + 1)
    }

    fn definer(&self, mut at: Module, mut rest: &[String], depth: usize) -> Option<Module> {
        while let Some(segment) = rest.first()
            && self.is_child(&at, segment)
        {
            at.push(segment.clone());
            rest = &rest[1..];
        }
        let Some(item) = rest.first().filter(|_| depth < 8) else {
            // A module and nothing in it: what it declares is taken by another path.
            return self.files.contains_key(&at).then_some(at);
        };
        let handed_on = self.files.get(&at)?.read.named.iter().find(|named| {
            named.is_export && named.known_as.as_ref() == Some(item) && named.path.len() > 1
        });
        if let Some(named) = handed_on
            && let Some(definer) = self.target(&at, &named.path, depth + 1)
        {
            return Some(definer);
        }
        Some(at)
    }

    fn is_child(&self, module: &Module, name: &str) -> bool {
        let mut child = module.clone();
        child.push(name.to_owned());
        self.files.contains_key(&child)
    }
}

/// Where the file of a child module is, and the folder of its own children.
fn found(folder: &Path, file: &Path, name: &str, path: Option<&str>) -> (PathBuf, PathBuf) {
    if let Some(path) = path {
        return (file.parent().unwrap().join(path), folder.join(name));
    }
    let nested = folder.join(name).join("mod.rs");
    if nested.exists() {
        return (nested, folder.join(name));
    }
    (folder.join(format!("{name}.rs")), folder.join(name))
}

impl Read {
    /// True for a re-export whose name the file does not use itself.
    fn only_hands_on(&self, named: &Named) -> bool {
        named.is_export
            && named
                .known_as
                .as_ref()
                .is_none_or(|name| !self.used.contains(name))
    }
}
