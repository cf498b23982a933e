// What is looked for.

function wanted() {
  const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  return { words, status: byId("status").value, least: Number(byId("least").value) * 1e6 };
}

/** True where one span has all the words, in its name, its kind or an attribute. */
function isHit(span, words) {
  if (!words.length) return false;
  if (span.said === undefined) {
    const pairs = span.attributes.map(([key, value]) => `${key}=${value}`);
    const events = (span.events || []).map(event => event.name);
    span.said = [span.name, span.kind, span.scope, ...pairs, ...events].join("\n").toLowerCase();
  }
  return words.every(word => span.said.includes(word));
}

function isWanted(trace, want) {
  laidOut(trace);
  const fits = want.status === "all" || (want.status === "failed") === (trace.failures > 0);
  return fits && trace.lasted >= want.least
    && (!want.words.length || trace.id === want.words[0] || trace.spans.some(span => isHit(span, want.words)));
}
