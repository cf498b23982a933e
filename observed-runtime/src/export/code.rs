//! What the place of an annotation gives its spans: the instrumentation scope, and the `code.*` attributes.

use std::path::Path;

use opentelemetry::{InstrumentationScope, KeyValue};

use crate::record::site::Code;

/// The scope of what no package stands behind.
const UNKNOWN: &str = "unknown";

/// The crate of the annotation: its package's name and version (OpenTelemetry specification, "Instrumentation Scope").
pub(super) fn scope(code: Code) -> InstrumentationScope {
    let krate = code.module.split("::").next().unwrap_or_default();
    let named = [code.package, krate, UNKNOWN];
    let name = named.into_iter().find(|name| !name.is_empty());
    let scope = InstrumentationScope::builder(name.unwrap_or(UNKNOWN));
    if code.version.is_empty() {
        scope.build()
    } else {
        scope.with_version(code.version).build()
    }
}

/// Function, file and line by the semantic conventions. An absolute path is left out: it may begin with the home directory
/// of who built the program.
pub(super) fn attributes(code: Code) -> impl Iterator<Item = KeyValue> {
    let function = (!code.function.is_empty()).then(|| {
        KeyValue::new(
            "code.function.name",
            format!("{}::{}", code.module, code.function),
        )
    });
    let file = (!code.file.is_empty() && !is_absolute(code.file))
        .then(|| KeyValue::new("code.file.path", code.file));
    let line = (code.line > 0).then(|| KeyValue::new("code.line.number", i64::from(code.line)));
    [function, file, line].into_iter().flatten()
}

/// On any platform: a program may have been built on another than it runs on.
fn is_absolute(file: &str) -> bool {
    let is_windows = file.as_bytes().get(1) == Some(&b':') || file.starts_with('\\');
    is_windows || file.starts_with('/') || Path::new(file).is_absolute()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::site::Site;

    const HERE: Code = Code {
        package: "shop-prices",
        version: "1.2.3",
        module: "shop_prices::order",
        function: "price",
        file: "src/order.rs",
        line: 7,
    };

    #[test]
    fn the_scope_is_the_package_else_the_crate() {
        let scope = scope(HERE);
        assert_eq!(
            (scope.name(), scope.version()),
            ("shop-prices", Some("1.2.3"))
        );
        let without_cargo = Code {
            package: "",
            version: "",
            ..HERE
        };
        let scope = super::scope(without_cargo);
        assert_eq!((scope.name(), scope.version()), ("shop_prices", None));
        assert_eq!(
            super::scope(Site::nowhere("work", &[]).code()).name(),
            "unknown"
        );
    }

    #[test]
    fn a_path_that_may_name_a_person_is_left_out() {
        for file in [
            "/home/ana/shop/src/order.rs",
            r"C:\Users\ana\shop\src\order.rs",
            r"\\server\ana\order.rs",
        ] {
            let keys: Vec<_> = attributes(Code { file, ..HERE })
                .map(|pair| pair.key)
                .collect();
            let keys: Vec<_> = keys.iter().map(opentelemetry::Key::as_str).collect();
            assert_eq!(keys, ["code.function.name", "code.line.number"], "{file}");
        }
    }
}
