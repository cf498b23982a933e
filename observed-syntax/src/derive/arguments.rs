//! The arguments of the derives' own attributes.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, LitStr, Path};

use crate::{Diagnostics, Rule};

/// The arguments of one `#[attribute(...)]`, or of several.
#[derive(Default)]
pub(super) struct Arguments {
    /// `public`: text may leave the process.
    pub(super) public: bool,
    /// `not_pii = "reason"`.
    pub(super) not_pii: Option<LitStr>,
    /// `rename = "..."`.
    pub(super) rename: Option<LitStr>,
    /// `crate = path`.
    pub(super) runtime: Option<Path>,
}

/// Reads every `#[attribute(...)]` among some attributes; an argument that is not `accepted` here is reported.
pub(super) fn arguments(
    attributes: &[Attribute],
    accepted: &[&str],
    diagnostics: &mut Diagnostics,
) -> Arguments {
    let mut read = Arguments::default();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("attribute"))
    {
        let parsed = attribute.parse_nested_meta(|meta| {
            let keyword = meta
                .path
                .get_ident()
                .map(ToString::to_string)
                .unwrap_or_default();
            if !accepted.contains(&keyword.as_str()) {
                let message = format!(
                    "#[attribute(...)] takes {} here [{}]",
                    accepted.join(", "),
                    Rule::DeriveArgument.id()
                );
                return Err(meta.error(message));
            }
            match keyword.as_str() {
                "public" => read.public = true,
                "not_pii" => read.not_pii = Some(meta.value()?.parse()?),
                "rename" => read.rename = Some(meta.value()?.parse()?),
                _ => read.runtime = Some(runtime(&meta)?),
            }
            Ok(())
        });
        if let Err(error) = parsed {
            diagnostics.merge(error);
        }
    }
    if let Some(reason) = read
        .not_pii
        .as_ref()
        .filter(|reason| reason.value().trim().is_empty())
    {
        diagnostics.report(
            Rule::NotPiiReason,
            reason,
            "`not_pii` needs the reason why it is no personal data",
        );
    }
    read
}

/// Reads `crate = path`.
pub(super) fn runtime(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    meta.value()?.call(Path::parse_mod_style)
}
