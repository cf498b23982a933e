//! The resource: what describes the process that its spans come from.

use opentelemetry::KeyValue;
use opentelemetry_sdk::Resource;

use crate::config::{Locked, Mode, Settings};
use crate::identity::TraceId;

/// What the environment says wins over what is found, and what is found over what every process has (resource
/// specification of OpenTelemetry; keys of its semantic conventions).
pub(crate) fn resource(settings: &Settings) -> Resource {
    let said = settings.resource.iter();
    Resource::builder_empty()
        .with_attributes(own())
        .with_attributes(detected(settings))
        .with_attributes(said.map(|(key, value)| KeyValue::new(key.clone(), value.clone())))
        .with_attribute(KeyValue::new(
            "observed.firewall",
            settings.privacy.on_hit.as_str(),
        ))
        .with_attributes(lock(&settings.lock))
        .with_service_name(settings.service_name.clone())
        .build()
}

/// Which lock the program was built with, and what is done with it where that is not what is usual; nothing without one.
fn lock(locked: &Locked) -> Vec<KeyValue> {
    let Some(digest) = locked.digest.clone() else {
        return Vec::new();
    };
    let mode = (locked.mode != Mode::Enforce).then(|| locked.mode.as_str());
    let mode = mode.map(|mode| KeyValue::new("observed.lock_mode", mode));
    std::iter::once(KeyValue::new("observed.lock", digest))
        .chain(mode)
        .collect()
}

/// `opentelemetry` is reserved for the project's own SDKs. The instance is another at each start.
fn own() -> [KeyValue; 4] {
    [
        KeyValue::new("telemetry.sdk.name", "observed"),
        KeyValue::new("telemetry.sdk.language", "rust"),
        KeyValue::new("telemetry.sdk.version", env!("CARGO_PKG_VERSION")),
        KeyValue::new("service.instance.id", instance()),
    ]
}

/// A UUID of version 4 (RFC 9562, section 5.4), as `service.instance.id` is to be.
fn instance() -> String {
    let number = u128::from_be_bytes(TraceId::random().to_bytes());
    let number = number & !(0xf << 76) & !(0b11 << 62) | (4 << 76) | (0b10 << 62);
    let digits = format!("{number:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits.get(part));
    parts.map(Option::unwrap_or_default).join("-")
}

/// What the named detectors find, of it what [`Detector::keys`] lists.
#[cfg(feature = "resource-detectors")]
fn detected(settings: &Settings) -> Vec<KeyValue> {
    use opentelemetry_resource_detectors as detectors;
    use opentelemetry_sdk::resource::ResourceDetector;

    use crate::config::Detector;
    use crate::panics::swallowing;

    let named = settings.detectors.iter();
    let found = named.filter_map(|detector| {
        let found = swallowing(|| match detector {
            Detector::Host => detectors::HostResourceDetector::default().detect(),
            Detector::Os => detectors::OsResourceDetector.detect(),
            Detector::Process => detectors::ProcessResourceDetector.detect(),
            Detector::Kubernetes => detectors::K8sResourceDetector.detect(),
        });
        Some((found?, detector.keys()))
    });
    let listed = found.flat_map(|(found, keys)| {
        let pairs: Vec<KeyValue> = found
            .iter()
            .filter(|(key, _)| keys.contains(&key.as_str()))
            .map(|(key, value)| KeyValue::new(key.clone(), value.clone()))
            .collect();
        pairs
    });
    listed.collect()
}

#[cfg(not(feature = "resource-detectors"))]
fn detected(_: &Settings) -> Vec<KeyValue> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_a_uuid_of_version_4_and_another_each_time() {
        let id = instance();
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
        assert!(
            id.bytes()
                .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        );
        assert_eq!(id.as_bytes()[14], b'4', "{id}");
        assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
        assert_ne!(id, instance());
    }
}
