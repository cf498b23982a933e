//! `OBSERVED_RESOURCE_DETECTORS`: which detectors of the ecosystem describe the process.

use super::Reader;

const VARIABLE: &str = "OBSERVED_RESOURCE_DETECTORS";

/// A detector of `opentelemetry-resource-detectors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detector {
    Host,
    Os,
    Process,
    Kubernetes,
}

impl Detector {
    /// What is taken of what it finds. The command line of a process is not: secrets stand in it.
    #[cfg_attr(
        not(feature = "resource-detectors"),
        allow(dead_code, reason = "nothing is detected")
    )]
    pub(crate) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Host => &["host.arch", "host.id", "host.name"],
            Self::Os => &["os.type"],
            Self::Process => &[
                "process.pid",
                "process.runtime.description",
                "process.runtime.name",
                "process.runtime.version",
            ],
            Self::Kubernetes => &["k8s.namespace.name", "k8s.node.name", "k8s.pod.name"],
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Vec<Detector> {
    let Some(list) = reader.text(VARIABLE) else {
        return Vec::new();
    };
    let list = list.to_ascii_lowercase();
    let mut named = Vec::new();
    for name in list.split(',').map(str::trim) {
        named.push(match name {
            "host" => Detector::Host,
            "os" => Detector::Os,
            "process" => Detector::Process,
            "k8s" => Detector::Kubernetes,
            "none" if list.trim() == "none" => return Vec::new(),
            _ => {
                reader.reject(VARIABLE, "none, or a list of host, os, process and k8s");
                return Vec::new();
            }
        });
    }
    if !cfg!(feature = "resource-detectors") {
        reader.refuse(
            VARIABLE,
            "the program is built without the feature `resource-detectors`",
        );
    }
    named
}
