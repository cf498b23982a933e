//! A workspace of a test's own, made of one text, and what `cargo observed` says of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What every workspace holds unless its text says otherwise. The runtime is a name and its features.
const FILES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"observed-runtime\"]\n",
    ),
    (
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nobserved-runtime = { path = \"../observed-runtime\" }\n",
    ),
    ("app/src/lib.rs", ""),
    (
        "observed-runtime/Cargo.toml",
        "[package]\nname = \"observed-runtime\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[features]\nenable = []\notlp = [\"enable\"]\n",
    ),
    ("observed-runtime/src/lib.rs", ""),
    (".gitignore", "target\n"),
];

pub(crate) struct Workspace {
    folder: TempDir,
}

/// How a command ended.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Workspace {
    /// Makes the files of a text: each begins with a line `=== path`.
    pub(crate) fn new(text: &str) -> Self {
        let workspace = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, content) in FILES {
            workspace.write(path, content);
        }
        workspace.change(text);
        workspace
    }

    /// With one library of this text, and everything in it exempt.
    pub(crate) fn exempt(library: &str) -> Self {
        let workspace = Self::new(&format!("=== app/src/lib.rs\n{library}"));
        let said = workspace.run(&["init"]);
        assert_eq!(said.code, 0, "{}", said.err);
        workspace
    }

    /// Writes the files of a text over what is there.
    pub(crate) fn change(&self, text: &str) {
        for part in format!("\n{text}").split("\n=== ").skip(1) {
            let (path, content) = part.split_once('\n').unwrap_or((part, ""));
            self.write(path, format!("{}\n", content.trim_end()));
        }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces a text that stands once in a file.
    pub(crate) fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(
            text.matches(old).count(),
            1,
            "`{old}` does not stand once in {path}:\n{text}"
        );
        self.write(path, text.replace(old, new));
    }

    /// Replaces a text wherever it stands in a file.
    pub(crate) fn replace_all(&self, path: &str, old: &str, new: &str) {
        self.write(path, self.read(path).replace(old, new));
    }

    /// What must stand in a review of the site of this name.
    pub(crate) fn seal(&self, name: &str) -> String {
        let said = self.run(&["list", "--format", "json"]);
        let list: serde_json::Value = serde_json::from_str(&said.out).expect(&said.err);
        let mut sites = list["sites"].as_array().unwrap().iter();
        let site = sites.find(|site| site["name"] == name).unwrap();
        site["seal"].as_str().unwrap().to_owned()
    }

    /// Runs `cargo observed` as cargo does.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-observed"));
        command.arg("observed").args(arguments).arg("--offline");
        said(command.current_dir(self.root()))
    }

    /// Runs git; a repository of the test's own knows a name of its own.
    pub(crate) fn git(&self, arguments: &[&str]) -> Said {
        let mut command = Command::new("git");
        let identity = [
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@localhost",
            "-c",
            "init.defaultBranch=main",
        ];
        command.args(identity).args(arguments);
        said(command.current_dir(self.root()))
    }

    /// Commits everything.
    pub(crate) fn commit(&self, message: &str) {
        if !self.path(".git").exists() {
            assert_eq!(self.git(&["init", "-q"]).code, 0);
        }
        assert_eq!(self.git(&["add", "-A"]).code, 0);
        let said = self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        assert_eq!(said.code, 0, "{}", said.err);
    }
}

fn said(command: &mut Command) -> Said {
    let output = command
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
