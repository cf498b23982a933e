// The traces that are here.

const head = { service: "", live: false, notes: [] };
const traces = new Map();

/** Adds spans to their traces, which are laid out anew when they are looked at. */
function add(spans) {
  for (const span of spans) {
    let trace = traces.get(span.trace);
    if (!trace) traces.set(span.trace, trace = { id: span.trace, spans: [], rows: null });
    trace.spans.push(span);
    trace.rows = null;
  }
}

/** Lets go of what the program has let go of. */
function keepOnly(ids) {
  const kept = new Set(ids);
  for (const id of traces.keys()) if (!kept.has(id)) traces.delete(id);
}

function attribute(span, key) {
  const pair = span.attributes.find(([name]) => name === key);
  return pair && pair[1];
}

/** What is to be said of a span's outcome; nothing where it just returned. */
function outcome(span) {
  if (span.failed) {
    const why = attribute(span, "error.type") || span.message;
    return why ? `✖ failed: ${why}` : "✖ failed";
  }
  return attribute(span, "observed.cancelled") === "true" ? "⊘ cancelled" : "";
}
