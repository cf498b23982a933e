//! `OTEL_TRACES_EXPORTER=page` and `OBSERVED_VIEWER_ADDRESS`.

use super::*;

const PAGE: (&str, &str) = ("OTEL_TRACES_EXPORTER", "page");
const ADDRESS: &str = "OBSERVED_VIEWER_ADDRESS";

#[test]
fn a_page_needs_its_feature() {
    let read = read(&[PAGE]);
    if cfg!(feature = "viewer") {
        let settings = read.unwrap();
        assert_eq!(settings.exporters, [ExporterKind::Page]);
        assert_eq!(settings.viewer.to_string(), "127.0.0.1:0");
        assert_eq!(settings.batch.delay, Duration::from_millis(200));
    } else {
        let reason = read.unwrap_err();
        assert!(reason.contains("without the feature `viewer`"), "{reason}");
    }
}

#[cfg(feature = "viewer")]
#[test]
fn a_page_is_served_to_this_machine_only() {
    for own in ["127.0.0.1:4300", "127.9.8.7:0", "[::1]:4300"] {
        let settings = read(&[PAGE, (ADDRESS, own)]).unwrap();
        assert_eq!(settings.viewer.to_string(), own);
    }
    for other in [
        "0.0.0.0:4300",
        "[::]:4300",
        "192.168.0.7:4300",
        "[::ffff:127.0.0.1]:4300",
        "localhost:4300",
        "127.0.0.1",
        ":4300",
        "4300",
        "127.0.0.1:70000",
        "http://127.0.0.1:4300",
    ] {
        let reason = read(&[PAGE, (ADDRESS, other)]).unwrap_err();
        assert!(
            reason.starts_with("OBSERVED_VIEWER_ADDRESS is malformed: it takes a loopback address"),
            "{other}: {reason}"
        );
        assert!(!reason.contains("192.168"), "{reason}");
    }
}

#[test]
fn an_address_without_a_page_is_not_fatal() {
    let settings = read(&[(ADDRESS, "0.0.0.0:4300")]).unwrap();
    assert_eq!(settings.warnings.len(), 1, "{:?}", settings.warnings);
}
