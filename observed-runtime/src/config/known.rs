//! The names of the variables: those that are read, those that are ignored with a word, and what a misspelled one meant.

/// The variables that are read or refused; those of OTLP without their prefix are in [`OTLP`].
pub(super) const READ: [&str; 46] = [
    "TRACING_ENABLED",
    "OTEL_SDK_DISABLED",
    "OTEL_SAMPLING_RATE",
    "OTEL_TRACES_SAMPLER",
    "OTEL_TRACES_SAMPLER_ARG",
    "OTEL_TRACES_EXPORTER",
    "OTEL_SERVICE_NAME",
    "OTEL_RESOURCE_ATTRIBUTES",
    "OTEL_PROPAGATORS",
    "OTEL_CONFIG_FILE",
    "OTEL_EXPERIMENTAL_CONFIG_FILE",
    "OTEL_BSP_MAX_QUEUE_SIZE",
    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
    "OTEL_BSP_SCHEDULE_DELAY",
    "OTEL_BSP_EXPORT_TIMEOUT",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    "OTEL_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_SPAN_EVENT_COUNT_LIMIT",
    "OTEL_SPAN_LINK_COUNT_LIMIT",
    "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_PROTOCOL",
    "OTEL_EXPORTER_OTLP_INSECURE",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_EXPORTER_OTLP_TIMEOUT",
    "OTEL_EXPORTER_OTLP_COMPRESSION",
    "OTEL_EXPORTER_OTLP_CERTIFICATE",
    "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
    "OTEL_EXPORTER_OTLP_CLIENT_KEY",
    "OBSERVED_TRUST_REMOTE_SAMPLING",
    "OBSERVED_ROOT_SAMPLING_RATES",
    "OBSERVED_KEEP_ERRORS",
    "OBSERVED_KEEP_SLOWER_THAN",
    "OBSERVED_OVERHEAD_BUDGET",
    "OBSERVED_ATTACH_CONTEXT",
    "OBSERVED_MAX_REQUEST_BYTES",
    "OBSERVED_OTLP_ENCODER",
    "OBSERVED_CODE_ATTRIBUTES",
    "OBSERVED_RESOURCE_DETECTORS",
    "OBSERVED_FIREWALL",
    "OBSERVED_ATTRIBUTE_ALLOWLIST",
    "OBSERVED_LOCK",
    "OBSERVED_VIEWER_ADDRESS",
];
const OTLP: &str = "OTEL_EXPORTER_OTLP_";
const TRACES: &str = "OTEL_EXPORTER_OTLP_TRACES_";

/// Variables of the specification that do no harm where they are ignored, and why they are.
pub(super) const IGNORED: [(&str, &str); 6] = [
    ("OTEL_ENTITIES", "entities are not built"),
    ("OTEL_LOG_LEVEL", LOG),
    ("OTEL_EXPORTER_OTLP_SPAN_INSECURE", INSECURE),
    ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", ZIPKIN),
    ("OTEL_EXPORTER_ZIPKIN_PROTOCOL", ZIPKIN),
    ("OTEL_EXPORTER_ZIPKIN_TIMEOUT", ZIPKIN),
];
const LOG: &str = "the program's logger filters the target `observed`";
const INSECURE: &str = "OTEL_EXPORTER_OTLP_TRACES_INSECURE has taken its place";
const ZIPKIN: &str = "there is no Zipkin exporter";

/// How the variables of metrics and logs begin.
const OTHER_SIGNALS: [&str; 7] = [
    "OTEL_BLRP_",
    "OTEL_LOGRECORD_",
    "OTEL_LOGS_",
    "OTEL_METRIC",
    "OTEL_EXPORTER_OTLP_LOGS_",
    "OTEL_EXPORTER_OTLP_METRIC",
    "OTEL_EXPORTER_PROMETHEUS_",
];

/// The longest name that is compared: longer than every known one by more than the letters that may differ.
const LONGEST: usize = 64;
const LETTERS: usize = 2;
/// Where a name has fewer letters than this for each one that differs, it is another name.
const LETTERS_FOR_ONE: usize = 4;

/// The scope whose switch this variable is.
pub(super) fn scope(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("OBSERVED_")?;
    rest.strip_suffix("_ENABLED")
}

/// The setting whose name differs from this one by a letter or two; nothing where this one is a setting itself.
pub(super) fn meant_by(name: &str) -> Option<String> {
    let is_candidate = name.is_ascii() && (LETTERS..=LONGEST).contains(&name.len());
    if !is_candidate || scope(name).is_some() || is_known(name) {
        return None;
    }
    let generals = READ.iter().map(|read| (*read).to_owned());
    let own = READ.iter().filter_map(|read| read.strip_prefix(OTLP));
    let owns = own.map(|end| format!("{TRACES}{end}"));
    let near = generals
        .chain(owns)
        .map(|known| (distance(name.as_bytes(), known.as_bytes()), known));
    let nearest = near.min_by_key(|(distance, _)| *distance)?;
    (nearest.0 <= LETTERS).then_some(nearest.1)
}

fn is_known(name: &str) -> bool {
    let is_read = |name: &str| READ.contains(&name);
    is_read(name)
        || name
            .strip_prefix(TRACES)
            .is_some_and(|end| is_read(&format!("{OTLP}{end}")))
        || IGNORED.iter().any(|(ignored, _)| *ignored == name)
        || is_of_another_signal(name)
}

/// True for a variable of metrics or logs.
pub(super) fn is_of_another_signal(name: &str) -> bool {
    OTHER_SIGNALS.iter().any(|start| name.starts_with(start))
}

/// True where two names differ, and by so little that one may be meant by the other.
pub(crate) fn is_nearly(one: &str, other: &str) -> bool {
    let shortest = one.len().min(other.len());
    let differ = if one.len().max(other.len()) > LONGEST {
        return false;
    } else {
        distance(one.as_bytes(), other.as_bytes())
    };
    (1..=LETTERS).contains(&differ) && differ * LETTERS_FOR_ONE <= shortest
}

/// How many letters must be put in, taken out or replaced to make one of the other (Levenshtein); more than
/// [`LETTERS`] where the lengths say so already.
fn distance(one: &[u8], other: &[u8]) -> usize {
    if one.len().abs_diff(other.len()) > LETTERS {
        return LETTERS + 1;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (above, wanted) in row.iter_mut().skip(1).zip(other) {
            let replaced = diagonal + usize::from(letter != wanted);
            diagonal = *above;
            left = replaced.min(diagonal + 1).min(left + 1);
            *above = left;
        }
    }
    // The first column is not kept: it is only ever the left of the next.
    row.last().copied().unwrap_or(one.len())
}
