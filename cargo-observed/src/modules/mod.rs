//! The files of a crate: its root, and what `mod` leads to from there.

pub(crate) mod declared;
mod folder;
pub(crate) mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::failure::{Failure, Result};
use declared::Declared;

/// A file that belongs to a crate.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The number of its package.
    pub(crate) package: usize,
    /// The crate, then the modules.
    pub(crate) module: Vec<String>,
    /// Conditions on the way to it.
    pub(crate) cfg: Vec<String>,
    pub(crate) file: PathBuf,
    /// The file as it is shown.
    pub(crate) shown: String,
    /// Whether its children lie beside it, as those of a root, of a `mod.rs` and behind `#[path]`.
    owns_folder: bool,
    /// The files on the way to it, so that a circle is seen.
    above: Vec<PathBuf>,
}

impl Member {
    /// The root of a crate.
    pub(crate) fn root(package: usize, crate_name: &str, file: &Path, workspace: &Path) -> Self {
        Self {
            package,
            module: vec![crate_name.to_owned()],
            cfg: Vec::new(),
            file: file.to_owned(),
            shown: shown(file, workspace),
            owns_folder: true,
            above: Vec::new(),
        }
    }

    /// Reads the file as text.
    pub(crate) fn text(&self) -> Result<Arc<str>> {
        let bytes = fs::read(&self.file).map_err(|error| self.failure(error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].split(|it| *it == b'\n').count();
            self.failure(format_args!(
                "line {line} is not UTF-8, and Rust sources are; save the file as UTF-8"
            ))
        })?;
        Ok(text.into())
    }

    /// Makes a failure about this file.
    pub(crate) fn failure(&self, message: impl std::fmt::Display) -> Failure {
        Failure::at(Path::new(&self.shown), message)
    }

    /// The files of the modules that this file declares.
    pub(crate) fn children(&self, declared: Vec<Declared>, workspace: &Path) -> Result<Vec<Self>> {
        let mut children = Vec::new();
        for declared in declared {
            if declared.cfg.iter().any(|cfg| is_for_tests(cfg)) {
                continue;
            }
            let found = folder::files(&self.file, self.owns_folder, &declared);
            if found.is_empty() && declared.cfg.is_empty() && !declared.is_in_macro {
                let name = declared.path.join("::");
                let candidates = folder::candidates(&self.file, self.owns_folder, &declared);
                let looked: Vec<_> = candidates
                    .iter()
                    .map(|it| shown(&it.0, workspace))
                    .collect();
                return Err(self.failure(format_args!(
                    "`mod {name}` leads to no file; looked for {}",
                    looked.join(" and ")
                )));
            }
            for (file, owns_folder) in found {
                children.push(self.child(&declared, file, owns_folder, workspace)?);
            }
        }
        Ok(children)
    }

    fn child(
        &self,
        declared: &Declared,
        file: PathBuf,
        owns_folder: bool,
        workspace: &Path,
    ) -> Result<Self> {
        let mut above = self.above.clone();
        above.push(real(&self.file));
        if above.contains(&real(&file)) {
            return Err(self.failure(format_args!(
                "`mod {}` leads back to {}, which declares it; a module cannot hold itself",
                declared.path.join("::"),
                shown(&file, workspace)
            )));
        }
        Ok(Self {
            package: self.package,
            module: [self.module.clone(), declared.path.clone()].concat(),
            cfg: [self.cfg.clone(), declared.cfg.clone()].concat(),
            shown: shown(&file, workspace),
            file,
            owns_folder,
            above,
        })
    }
}

fn real(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| file.to_owned())
}

fn shown(file: &Path, workspace: &Path) -> String {
    let file = file.strip_prefix(workspace).unwrap_or(file);
    file.to_string_lossy().replace('\\', "/")
}

/// Whether what stands under this condition is built for tests only, so that nothing of it is shipped.
pub(crate) fn is_for_tests(cfg: &str) -> bool {
    let all = cfg.strip_prefix("all(").and_then(|it| it.strip_suffix(')'));
    cfg == "test" || all.is_some_and(|all| all.split(',').any(|it| it == "test"))
}
