//! Reads the reviews that another repository keeps of its own annotations: a copy of its `observed.toml` lies in this one, under a hash, so that
//! nothing is fetched when it is read and a change of it is seen.

use std::fmt::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::decided::People;
use super::read::{self, FILE};
use crate::failure::{Failure, Result};

/// Reads the files of the imports.
pub(super) fn load(root: &Path, people: &mut People) -> Result<()> {
    for import in &mut people.imports {
        let at = |message: String| {
            Failure::at(
                Path::new(FILE),
                format!(
                    "line {}: the import `{}`: {message}",
                    import.line, import.name
                ),
            )
        };
        let bytes = std::fs::read(root.join(&import.file))
            .map_err(|error| at(format!("{}: {error}", import.file)))?;
        let found = hexadecimal(&Sha256::digest(&bytes));
        if !found.eq_ignore_ascii_case(&import.sha256) {
            return Err(at(format!(
                "{} is not the file that was imported: look at what changed in it, then write sha256 = \"{found}\"",
                import.file
            )));
        }
        let text =
            String::from_utf8(bytes).map_err(|_| at(format!("{} is not UTF-8", import.file)))?;
        import.reviews = read::reviews(Path::new(&import.file), &text)?
            .into_iter()
            .collect();
    }
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        // A `String` takes whatever is written.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
