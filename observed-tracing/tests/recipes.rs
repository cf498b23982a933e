//! `docs/logs-and-tracing.md` and the README: each program is compiled and run in a project of its own, with exactly the
//! dependencies that stand before it, and prints the lines that stand behind it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the document puts before a path to this project.
const OURS: &str = "../observed/";

struct Recipe {
    dependencies: String,
    program: String,
    lines: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The blocks of the document, each with its language.
fn blocks(document: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((language, block.join("\n")));
        }
    }
    found
}

fn recipes(document: &str) -> Vec<Recipe> {
    let blocks = blocks(document);
    let in_order = blocks.windows(3).filter_map(|three| match three {
        [("toml", dependencies), ("rust", program), ("text", lines)] => Some(Recipe {
            dependencies: dependencies.clone(),
            program: program.clone(),
            lines: lines.lines().map(masked).collect(),
        }),
        _ => None,
    });
    let recipes: Vec<Recipe> = in_order.collect();
    let programs = blocks.iter().filter(|(language, _)| *language == "rust");
    assert_eq!(recipes.len(), programs.count(), "each program is a recipe");
    recipes
}

/// A line without what is another one in each run: ids and times.
fn masked(line: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-:._".contains(c);
    let mut masked = String::new();
    for part in line.split_inclusive(|c| !is_part(c)) {
        let word = part.trim_end_matches(|c| !is_part(c));
        let is_hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_id = is_hexadecimal && (word.len() == 32 || word.len() == 16);
        let is_time = word.len() >= 20 && word.starts_with("20") && word.ends_with('Z');
        masked += if is_id || is_time { "..." } else { word };
        masked += &part[word.len()..];
    }
    masked
}

/// Compiles and runs a program and returns what it printed.
fn run(name: &str, recipe: &Recipe, exporter: &str) -> String {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let project = temporary.join(format!("recipe-{name}"));
    fs::create_dir_all(project.join("src")).unwrap();
    let ours = format!("{}/", root().canonicalize().unwrap().display());
    let manifest = format!(
        "[package]\nname = \"recipe\"\nedition = \"2024\"\n\n[dependencies]\n{}\n\n[workspace]\n",
        recipe.dependencies.replace(OURS, &ours)
    );
    fs::write(project.join("Cargo.toml"), manifest).unwrap();
    fs::write(project.join("src/main.rs"), &recipe.program).unwrap();
    // The versions that everything here is tested with.
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--manifest-path"])
        .arg(project.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", temporary.join("recipes"))
        .env("TRACING_ENABLED", "1")
        .env("OTEL_SAMPLING_RATE", "1")
        .env("OTEL_TRACES_EXPORTER", exporter)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{errors}", recipe.program);
    assert!(!errors.contains("warning"), "{}\n{errors}", recipe.program);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_program_of_the_document_prints_what_stands_behind_it() {
    let document = fs::read_to_string(root().join("docs/logs-and-tracing.md")).unwrap();
    let recipes = recipes(&document);
    assert!(recipes.len() >= 6, "{}", recipes.len());
    for (place, recipe) in recipes.iter().enumerate() {
        let printed = run(&place.to_string(), recipe, "none");
        let printed: Vec<String> = printed.lines().map(masked).collect();
        assert_eq!(printed, recipe.lines, "{}", recipe.program);
    }
}

/// The whole programs of the README with the dependencies that stand before each, and what is printed behind the first.
fn programs_of_the_readme(document: &str) -> Vec<Recipe> {
    let blocks = blocks(document);
    let mut texts = blocks.iter().filter(|(language, _)| *language == "text");
    let mut lines: Vec<String> = texts
        .next()
        .unwrap()
        .1
        .lines()
        .map(of_the_console)
        .collect();
    let whole = blocks.windows(2).filter_map(|two| match two {
        [("toml", dependencies), ("rust", program)] if program.contains("fn main()") => {
            Some(Recipe {
                dependencies: dependencies.clone(),
                program: program.clone(),
                lines: std::mem::take(&mut lines),
            })
        }
        _ => None,
    });
    let whole: Vec<Recipe> = whole.collect();
    let programs = blocks
        .iter()
        .filter(|(_, block)| block.contains("fn main()"));
    assert_eq!(
        whole.len(),
        programs.count(),
        "each program has its dependencies"
    );
    whole
}

/// A line of the console exporter without what is another one in each run: the trace's id, times, and the room for them.
fn of_the_console(line: &str) -> String {
    let is_id = |word: &str| word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let masked = line.split_whitespace().map(|word| {
        let is_time = word.contains('.') && word.parse::<f64>().is_ok();
        let is_unit = ["ns", "µs", "ms", "s"].contains(&word);
        if is_id(word) || is_time || is_unit {
            "..."
        } else {
            word
        }
    });
    masked.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_programs_of_the_readme_run_in_a_new_project_and_the_first_prints_what_stands_there() {
    let document = fs::read_to_string(root().join("README.md")).unwrap();
    let programs = programs_of_the_readme(&document);
    let [smallest, with_tokio] = &programs[..] else {
        panic!("two programs, not {}", programs.len())
    };
    let printed = run("readme-smallest", smallest, "console");
    let printed: Vec<String> = printed.lines().map(of_the_console).collect();
    assert_eq!(printed, smallest.lines);
    let printed = run("readme-tokio", with_tokio, "console");
    assert!(
        printed.contains("Ok(7)") && printed.contains("price_order"),
        "{printed}"
    );
}

#[test]
fn ids_and_times_are_masked_and_nothing_else() {
    let line = "2026-11-27T12:00:00.000000Z  INFO a: b=2 trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 trace_flags=03";
    assert_eq!(
        masked(line),
        "...  INFO a: b=2 trace_id=... span_id=... trace_flags=03"
    );
    assert_eq!(
        masked("{\"span_id\":\"00f067aa0ba902b7\"}"),
        "{\"span_id\":\"...\"}"
    );
    assert_eq!(
        masked("4bf92f3577b34da6a3ce929d0e0e473"),
        "4bf92f3577b34da6a3ce929d0e0e473"
    );
}
