//! The name that the crate which is compiled knows the runtime by: a dependency may have been renamed
//! (`tracing = { package = "observed-runtime", .. }`).
//!
//! The compiler is told each dependency by its name and its file, and the file has the name of the package.

use std::sync::OnceLock;

/// Where nothing else is said.
const NAME: &str = "observed_runtime";

/// The name of the dependency; the package's own where none is found, so that the compiler says what is missing.
pub(super) fn name() -> &'static str {
    static FOUND: OnceLock<String> = OnceLock::new();
    FOUND.get_or_init(|| found(std::env::args()).unwrap_or_else(|| NAME.to_owned()))
}

/// The name in the arguments of a compiler: `--extern name=../libobserved_runtime-0123.rmeta`.
fn found(arguments: impl Iterator<Item = String>) -> Option<String> {
    let mut renamed = None;
    let mut is_next = false;
    for argument in arguments {
        let dependency = match argument.strip_prefix("--extern=") {
            Some(dependency) => Some(dependency),
            None if is_next => Some(argument.as_str()),
            None => None,
        };
        is_next = argument == "--extern";
        let Some((name, file)) = dependency.and_then(|dependency| dependency.split_once('='))
        else {
            continue;
        };
        // `priv:name`, `noprelude:name`.
        let name = name.rsplit(':').next().unwrap_or(name);
        if name == NAME {
            return None;
        }
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
        if file.starts_with("libobserved_runtime-") || file.starts_with("libobserved_runtime.") {
            renamed.get_or_insert_with(|| name.to_owned());
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::found;

    fn found_in(arguments: &[&str]) -> Option<String> {
        found(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn a_renamed_dependency_is_found_by_its_file() {
        let renamed = Some("tracing".to_owned());
        for arguments in [
            &[
                "rustc",
                "--extern",
                "tracing=/t/deps/libobserved_runtime-01ab.rmeta",
            ][..],
            &[
                "rustc",
                "--extern",
                "syn=/t/libsyn-1.rlib",
                "--extern=priv:tracing=/t/libobserved_runtime-01ab.rlib",
            ],
            &[
                "rustc",
                "--extern",
                "noprelude:tracing=C:\\t\\libobserved_runtime-01ab.rlib",
                "src/lib.rs",
            ],
        ] {
            assert_eq!(found_in(arguments), renamed, "{arguments:?}");
        }
    }

    #[test]
    fn the_packages_own_name_stands_before_any_other() {
        for arguments in [
            &[
                "rustc",
                "--extern",
                "tracing=/t/libobserved_runtime-01ab.rmeta",
                "--extern",
                "observed_runtime=/t/libobserved_runtime-02cd.rmeta",
            ][..],
            &[
                "rustc",
                "--extern",
                "tracing=/t/libobserved_runtime_tools-01ab.rmeta",
            ],
            &["rustc", "tracing=/t/libobserved_runtime-01ab.rmeta"],
            &["rustc", "--extern", "observed_runtime"],
        ] {
            assert_eq!(found_in(arguments), None, "{arguments:?}");
        }
    }
}
