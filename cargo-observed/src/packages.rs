//! The packages whose sources are read, as cargo knows them.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, TargetKind};

use crate::failure::{Failure, Result};

/// The package that annotated code calls.
pub(crate) const RUNTIME: &str = "observed-runtime";

/// The packages of the toolkit; nothing in them is a site.
const TOOLKIT: &[&str] = &[RUNTIME, "observed-runtime-macros", "observed-syntax"];

/// What cargo says of the workspace.
#[derive(Debug)]
pub(crate) struct Described {
    /// The workspace's root.
    pub(crate) root: PathBuf,
    pub(crate) packages: Vec<Package>,
    /// Versions of `opentelemetry` that are built.
    pub(crate) opentelemetry: BTreeSet<String>,
}

/// One package.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) is_member: bool,
    pub(crate) manifest: PathBuf,
    /// The roots of its library and its programs.
    pub(crate) roots: Vec<Root>,
    /// The names under which its code names the runtime.
    pub(crate) runtime_names: Vec<String>,
    /// Whether it asks for a feature of the runtime that records, outside of its tests.
    pub(crate) enables: Option<String>,
    pub(crate) has_program: bool,
}

/// Where a crate begins.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub(crate) crate_name: String,
    pub(crate) file: PathBuf,
}

impl Package {
    /// A package that cargo does not know: files that are read one by one.
    pub(crate) fn alone() -> Self {
        Self {
            name: "alone".to_owned(),
            is_member: true,
            manifest: PathBuf::new(),
            roots: Vec::new(),
            runtime_names: Vec::new(),
            enables: None,
            has_program: false,
        }
    }
}

/// Asks cargo.
pub(crate) fn read(command: &MetadataCommand) -> Result<Described> {
    let metadata = command.exec().map_err(|error| {
        let said = error.to_string();
        let said = said
            .trim()
            .trim_start_matches("`cargo metadata` exited with an error:");
        Failure::new(format!(
            "cargo cannot describe the workspace: {}",
            said.trim()
        ))
    })?;
    let members: HashSet<_> = metadata.workspace_members.iter().collect();
    let packages = metadata
        .packages
        .iter()
        .filter(|package| !TOOLKIT.contains(&package.name.as_str()))
        .map(|package| package_of(package, members.contains(&package.id), &metadata))
        .filter(|package| package.is_member || !package.runtime_names.is_empty())
        .collect();
    let opentelemetry = metadata.packages.iter();
    Ok(Described {
        root: metadata.workspace_root.clone().into(),
        packages,
        opentelemetry: opentelemetry
            .filter(|package| package.name == "opentelemetry")
            .map(|package| package.version.to_string())
            .collect(),
    })
}

fn package_of(package: &cargo_metadata::Package, is_member: bool, metadata: &Metadata) -> Package {
    let shipped = package
        .targets
        .iter()
        .filter(|target| !target.is_custom_build() && (is_library(target) || target.is_bin()));
    let runtime = package
        .dependencies
        .iter()
        .filter(|it| it.name == RUNTIME && it.kind == DependencyKind::Normal);
    let names = runtime.clone().map(|it| {
        let name = it.rename.as_deref().unwrap_or(RUNTIME);
        name.replace('-', "_")
    });
    Package {
        name: package.name.to_string(),
        is_member,
        manifest: package.manifest_path.clone().into(),
        roots: shipped
            .map(|target| Root {
                crate_name: target.name.replace('-', "_"),
                file: target.src_path.clone().into(),
            })
            .collect(),
        runtime_names: names.collect(),
        enables: runtime
            .flat_map(|it| it.features.iter())
            .find(|feature| records(feature, metadata))
            .cloned(),
        has_program: package.targets.iter().any(cargo_metadata::Target::is_bin),
    }
}

fn is_library(target: &cargo_metadata::Target) -> bool {
    target.kind.iter().any(|kind| {
        !matches!(
            kind,
            TargetKind::Bin
                | TargetKind::Example
                | TargetKind::Test
                | TargetKind::Bench
                | TargetKind::CustomBuild
        )
    })
}

/// Whether a feature of the runtime leads to `enable`.
fn records(feature: &str, metadata: &Metadata) -> bool {
    let runtime = metadata.packages.iter().find(|it| it.name == RUNTIME);
    let (mut seen, mut open) = (HashSet::new(), vec![feature.to_owned()]);
    while let Some(feature) = open.pop() {
        if feature == "enable" {
            return true;
        }
        if seen.insert(feature.clone())
            && let Some(more) = runtime.and_then(|it| it.features.get(&feature))
        {
            open.extend(more.iter().cloned());
        }
    }
    false
}
