//! Many cases in one program, each a module: one call of the compiler says what it thinks of all of them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Crates of other people whose types the cases try to record.
const WRAPPERS: &str = "async-trait = \"0.1\"\naxum = { version = \"0.8\", default-features = false }\ndata_privacy = \"0.13\"\nhttp = \"1\"\n\
                        secrecy = \"0.10\"\nurl = \"2\"\nzeroize = \"1\"\n";

/// What the compiler says of each module that has an error, by the module's name.
pub(crate) fn check(
    name: &str,
    features: &str,
    modules: &[(String, &str)],
) -> BTreeMap<String, String> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cases")
        .join(name);
    let _ = fs::remove_dir_all(home.join("src"));
    fs::create_dir_all(home.join("src")).unwrap();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../observed-runtime");
    let manifest = format!(
        "[workspace]\n[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nobserved-runtime = {{ path = \"{}\", features = [{features}] }}\n{WRAPPERS}",
        runtime.display()
    );
    write_if_new(&home.join("Cargo.toml"), &manifest);
    let mut main = "#![allow(warnings)]\n".to_owned();
    for (module, text) in modules {
        writeln!(main, "mod {module};").unwrap();
        fs::write(home.join("src").join(module).with_extension("rs"), text).unwrap();
    }
    fs::write(home.join("src/main.rs"), main + "fn main() {}\n").unwrap();

    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--quiet",
            "--offline",
            "--message-format=json",
            "--manifest-path",
        ])
        .arg(home.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", home.parent().unwrap().join("target"))
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for line in messages.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let message = &line["message"];
        if message["level"] == "error" {
            let entry = found.entry(module_of(message)).or_default();
            entry.push_str(message["rendered"].as_str().unwrap_or_default());
        }
    }
    assert!(
        !found.is_empty() || output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    found
}

fn module_of(message: &Value) -> String {
    let spans = message["spans"].as_array().into_iter().flatten();
    let primary = spans.filter(|span| span["is_primary"] == true);
    let files = primary.filter_map(|span| span["file_name"].as_str());
    let file = files.map(Path::new).next().unwrap_or(Path::new("nowhere"));
    file.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Cargo looks at the time of a manifest.
fn write_if_new(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}
