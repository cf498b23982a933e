//! A git repository with a tiny project in it, as a team's would stand beside the toolkit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What the stand-in prints instead of building anything: two crates with 2 and 3 tests, which record 4 spans where tracing
/// is on.
pub(crate) const TESTS: &str = r#"test -f ../beside/here
echo 'test result: ok. 2 passed; 0 failed'; echo 'test result: ok. 3 passed; 0 failed'
if [ "${TRACING_ENABLED:-0}" = 1 ] && [ -n "${OBSERVED_TEST_REPORT:-}" ]; then
  echo '4 shop' >>"$OBSERVED_TEST_REPORT"
fi"#;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A repository with a tiny project in it; its folder goes with it.
pub(crate) struct Repository {
    pub(crate) folder: PathBuf,
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Repository {
    /// One commit: a source file, a lock file without OpenTelemetry, and the command that stands for the tests.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("rollout-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("shop/src")).unwrap();
        let repository = Self { folder };
        repository.write("src/lib.rs", "//! A shop.\n");
        // A dependency with a path that leaves the repository: the tests need it wherever they run.
        fs::create_dir_all(repository.folder.join("beside")).unwrap();
        fs::write(repository.folder.join("beside/here"), "").unwrap();
        repository.write("Cargo.lock", "[[package]]\nname = \"shop\"\n");
        repository.write("run-tests.sh", TESTS);
        repository.write(".gitignore", "/target\n");
        repository.sh("git init --quiet && git add --all && git commit --quiet --message 'A shop'");
        repository
    }

    /// One that has the scripts, a baseline of five tests and the times of phase 0, all committed: phase 0 is behind it.
    pub(crate) fn prepared(name: &str) -> Self {
        let repository = Self::new(name);
        repository.sh("mkdir deploy && cp \"$TOOLKIT\"/deploy/p*.sh deploy/");
        repository.write("tracing-baseline.txt", "5\n");
        repository.write("tracing-p95.txt", "0 before 0.100\n0 after 0.104\n");
        repository.sh("git add --all && git commit --quiet --message 'Prepared'");
        repository.sh("git tag PRE-PHASE-0");
        repository
    }

    pub(crate) fn work_tree(&self) -> PathBuf {
        self.folder.join("shop")
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.work_tree().join(file), text).unwrap();
    }

    /// A shell in the work tree, with nothing of this machine's settings.
    pub(crate) fn command(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-eu", "-c", script]);
        command.current_dir(self.work_tree()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let is_tracing = name == "TRACING_ENABLED" || name.starts_with("OBSERVED_");
            if is_tracing || name.starts_with("GIT_") || name.to_lowercase().ends_with("_proxy") {
                command.env_remove(name);
            }
        }
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "A Person");
            command.env(format!("GIT_{role}_EMAIL"), "person@example.org");
        }
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", &self.folder)
            .env("TOOLKIT", root())
            .env("TEST_COMMAND", "sh -e run-tests.sh")
            .env("LATENCY_COMMAND", "yes 0.1 | head -n 20")
            .env_remove("HEALTH_URL")
            .env_remove("PHASE");
        command
    }

    /// Runs what must succeed, and returns what it printed.
    pub(crate) fn sh(&self, script: &str) -> String {
        succeeded(&mut self.command(script))
    }

    pub(crate) fn postflight(&self, arguments: &str) -> Command {
        let mut command = self.command(&format!("sh deploy/postflight.sh {arguments}"));
        command.env("PHASE", "1");
        command
    }

    pub(crate) fn preflight(&self) -> Command {
        let mut command = self.command("sh deploy/preflight.sh");
        command.env("PHASE", "1");
        command
    }

    /// Runs the checklist, which must end with these words, without a tag, a work tree or a bundle left behind.
    pub(crate) fn aborts(&self, command: &mut Command, because: &str) {
        let tags = self.sh("git tag");
        let output = command.output().unwrap();
        let said = text(&output);
        assert!(!output.status.success(), "{said}");
        assert!(said.contains("flight: FAILED"), "{said}");
        assert!(said.contains(because), "not {because:?}: {said}");
        assert_eq!(self.sh("git tag"), tags);
        assert_eq!(self.sh("git worktree list").lines().count(), 1);
        assert_eq!(self.bundles(), [""; 0]);
    }

    /// The names of finished bundles.
    pub(crate) fn bundles(&self) -> Vec<String> {
        let backup = fs::read_dir(self.folder.join("shop-backup"));
        let names = backup.into_iter().flatten();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".bundle")).collect();
        names.sort();
        names
    }
}

pub(crate) fn text(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&both).into_owned()
}

pub(crate) fn succeeded(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", text(&output));
    String::from_utf8(output.stdout).unwrap()
}
