//! Where the file of a module lies.

use std::path::{Path, PathBuf};

use super::declared::Declared;

/// The places where the file may lie, each with whether it owns its folder.
pub(super) fn candidates(
    file: &Path,
    owns_folder: bool,
    declared: &Declared,
) -> Vec<(PathBuf, bool)> {
    let beside = file.parent().unwrap_or(Path::new(""));
    let own = if owns_folder {
        beside.to_owned()
    } else {
        beside.join(file.file_stem().unwrap_or_default())
    };
    let (name, around) = declared.path.split_last().expect("a module has a name");
    let mut inside = own;
    for (depth, (name, folder)) in around.iter().zip(&declared.folders).enumerate() {
        inside = match folder {
            // As the compiler has it: beside the file, also where the file's own modules lie in its folder.
            Some(folder) if depth == 0 => beside.join(folder),
            Some(folder) => inside.join(folder),
            None => inside.join(name),
        };
    }
    // In the file itself a path starts where the file lies; in an inline module, in that module's folder.
    let start = if around.is_empty() { beside } else { &inside };
    let written = declared.paths.iter().map(|path| (start.join(path), true));
    let by_name = [
        (inside.join(format!("{name}.rs")), false),
        (inside.join(name).join("mod.rs"), true),
    ];
    written.chain(by_name).collect()
}

/// The files that there are; a path under a condition may name one for each platform.
pub(super) fn files(file: &Path, owns_folder: bool, declared: &Declared) -> Vec<(PathBuf, bool)> {
    let there: Vec<_> = candidates(file, owns_folder, declared)
        .into_iter()
        // A link that leads nowhere, or in a circle, is there: reading it says what is wrong.
        .filter(|(file, _)| file.symlink_metadata().is_ok())
        .collect();
    let written = there.iter().filter(|(file, _)| {
        let ends = |path: &String| file.ends_with(Path::new(path).file_name().unwrap_or_default());
        declared.paths.iter().any(ends)
    });
    match written.clone().count() {
        0 => there.into_iter().take(1).collect(),
        _ => written.cloned().collect(),
    }
}
