// What a span says: its outcome, its attributes, events and links.

function table(pairs) {
  const made = element("table");
  for (const [key, value] of pairs) {
    const row = element("tr");
    const name = element("th", "", key);
    name.scope = "row";
    row.append(name, element("td", "", value));
    made.append(row);
  }
  return made;
}

function facts(pairs) {
  const made = element("dl");
  for (const [name, value] of pairs) if (value) made.append(element("dt", "", name), element("dd", "", value));
  return made;
}

function describe(trace, span) {
  const box = byId("span");
  const parent = span.remote ? `${span.parent}, in another process` : span.parent;
  const parts = [element("h3", "", span.name)];
  const said = outcome(span);
  if (said) parts.push(element("p", "sign", said));
  parts.push(facts([
    ["duration", `${duration(span.lasted)}, from ${duration(span.at)} after the beginning`],
    ["began", clock(span.start)],
    ["service", head.service], ["scope", span.scope], ["kind", span.kind],
    ["message", span.message],
    ["trace", trace.id], ["span", span.id], ["parent", parent],
  ]));
  parts.push(element("h3", "", "Attributes"));
  parts.push(span.attributes.length ? table(span.attributes) : element("p", "help", "none"));
  for (const event of span.events || []) {
    const after = Number(BigInt(event.at) - BigInt(span.start));
    parts.push(element("h3", "", `Event ${event.name}, ${duration(after)} after the span began`));
    if (event.attributes.length) parts.push(table(event.attributes));
  }
  if (span.links) parts.push(element("h3", "", "Links"), links(span.links));
  if (span.cut) parts.push(element("p", "help", `${counted(span.cut, "more part")} of this span did not leave: a limit cut it.`));
  box.replaceChildren(...parts);
}

function links(pairs) {
  const made = element("dl");
  for (const [trace, span] of pairs) {
    const to = element("dd", "", span);
    if (traces.has(trace)) {
      const go = element("button", "", "show the trace");
      go.type = "button";
      go.addEventListener("click", () => choose(trace));
      to.append(" ", go);
    }
    made.append(element("dt", "", trace), to);
  }
  return made;
}
