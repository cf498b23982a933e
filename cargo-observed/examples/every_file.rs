//! Reads every Rust file below the given folders, and says how many there were and how long it took; with `--whole` each is
//! parsed, whatever words it holds.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut has_panicked = false;
    let is_whole = std::env::args().any(|argument| argument == "--whole");
    for folder in std::env::args().skip(1).filter(|it| it != "--whole") {
        let begin = Instant::now();
        match cargo_observed::every_file(Path::new(&folder), is_whole) {
            Ok(all) => {
                let seconds = begin.elapsed().as_secs_f64();
                let per_million = seconds / (all.lines as f64 / 1e6);
                println!(
                    "{folder}: {} files, {} lines, {seconds:.1} s, {per_million:.2} s a million lines; {} refused by the \
                     parser, {} not text, {} panics",
                    all.files,
                    all.lines,
                    all.refused,
                    all.unreadable,
                    all.panicked.len()
                );
                for file in &all.panicked {
                    println!("panicked: {}", file.display());
                }
                has_panicked |= !all.panicked.is_empty();
            }
            Err(message) => {
                eprintln!("{message}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::from(u8::from(has_panicked))
}
