// A trace as rows, depth first, children by their start.

/** Lays a trace out, unless that was done since its last span came. */
function laidOut(trace) {
  if (trace.rows) return trace;
  const starts = trace.spans.map(span => BigInt(span.start));
  trace.begin = starts.reduce((least, start) => start < least ? start : least);
  trace.lasted = 0;
  trace.failures = 0;
  trace.spans.forEach((span, at) => {
    span.at = Number(starts[at] - trace.begin);
    trace.lasted = Math.max(trace.lasted, span.at + span.lasted);
    trace.failures += span.failed ? 1 : 0;
  });
  const ordered = [...trace.spans].sort((one, other) => one.at - other.at || other.lasted - one.lasted);
  const [roots, children] = families(ordered);
  const seen = new Set();
  trace.rows = [];
  descend(trace.rows, roots, children, seen);
  // What is left has parents that go round in a circle.
  for (const span of ordered) if (!seen.has(span)) descend(trace.rows, [span], children, seen);
  measure(trace.rows);
  return trace;
}

function families(ordered) {
  const here = new Set(ordered.map(span => span.id));
  const [roots, children] = [[], new Map()];
  for (const span of ordered) {
    if (!span.parent || !here.has(span.parent)) {
      roots.push(span);
    } else {
      if (!children.has(span.parent)) children.set(span.parent, []);
      children.get(span.parent).push(span);
    }
  }
  return [roots, children];
}

/** Not by recursion: a trace may be thousands of spans deep. */
function descend(rows, roots, children, seen) {
  const waiting = [];
  const wait = (spans, depth, parent) => {
    for (let at = spans.length - 1; at >= 0; at--) {
      waiting.push({ span: spans[at], depth, parent, place: at + 1, siblings: spans.length });
    }
  };
  wait(roots, 0, -1);
  while (waiting.length) {
    const row = waiting.pop();
    if (seen.has(row.span)) continue;
    seen.add(row.span);
    row.index = rows.length;
    rows.push(row);
    wait(children.get(row.span.id) || [], row.depth + 1, row.index);
  }
}

/** Notes where what is below each row ends. */
function measure(rows) {
  for (const row of rows) row.end = row.index + 1;
  for (let at = rows.length - 1; at >= 0; at--) {
    const parent = rows[rows[at].parent];
    if (parent) parent.end = Math.max(parent.end, rows[at].end);
  }
}
