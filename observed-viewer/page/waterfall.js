// The waterfall of one trace. Only the rows that are in sight are drawn: a trace may have thousands.

const SPARE = 8;
const TICKS = 5;
const view = { trace: null, shown: [], closed: new Set(), active: 0, words: [] };

/** Shows a trace; the same one again after more of it has come. */
function showTrace(trace, note) {
  const again = view.trace && view.trace.id === trace.id;
  const before = again ? view.shown[view.active].span : null;
  laidOut(trace);
  view.trace = trace;
  if (!again) view.closed = new Set();
  byId("trace").hidden = false;
  byId("waterfall").hidden = false;
  byId("trace-title").textContent = note ? note.title : trace.rows[0].span.name;
  const failures = trace.failures ? `, ${trace.failures} failed` : "";
  byId("facts").textContent =
    `${trace.id}: ${counted(trace.spans.length, "span")}${failures}, ${duration(trace.lasted)}, ${head.service}, ${clock(trace.begin)}`;
  ticks(trace.lasted);
  refold();
  const at = before ? view.shown.findIndex(row => row.span === before) : 0;
  if (!again) byId("rows").scrollTop = 0;
  activate(Math.max(at, 0), again);
}

function ticks(lasted) {
  const made = element("div");
  made.id = "ticks";
  for (let at = 0; at < TICKS; at++) {
    const tick = element("span", "", duration(lasted * at / TICKS));
    tick.style.left = `${at * 100 / TICKS}%`;
    made.append(tick);
  }
  byId("axis").replaceChildren(made);
}

/** Notes which rows are to be seen: none below one that is closed. */
function refold() {
  const rows = view.trace.rows;
  view.shown = [];
  for (let at = 0; at < rows.length; at = view.closed.has(rows[at].span.id) ? rows[at].end : at + 1) {
    view.shown.push(rows[at]);
  }
}

function activate(place, quietly) {
  view.active = place;
  const row = view.shown[place];
  describe(view.trace, row.span);
  if (!quietly) bringIntoSight(place);
  draw();
  byId("rows").setAttribute("aria-activedescendant", `row-${row.index}`);
}

const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));

function bringIntoSight(place) {
  const [rows, height, axis] = [byId("rows"), rowHeight(), byId("axis").offsetHeight];
  const top = place * height;
  if (top < rows.scrollTop) rows.scrollTop = top;
  else if (top + height + axis > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + height + axis - rows.clientHeight;
}

function draw() {
  const [rows, drawn, height] = [byId("rows"), byId("drawn"), rowHeight()];
  drawn.style.height = `${view.shown.length * height}px`;
  const first = Math.max(0, Math.floor(rows.scrollTop / height) - SPARE);
  const last = Math.min(view.shown.length, first + Math.ceil(rows.clientHeight / height) + 2 * SPARE);
  const made = [];
  // The active one is named by the box, so it is there wherever one has scrolled to.
  if (view.active < first || view.active >= last) made.push(drawRow(view.active, height));
  for (let place = first; place < last; place++) made.push(drawRow(place, height));
  drawn.replaceChildren(...made);
}

function drawRow(place, height) {
  const row = view.shown[place];
  const [span, trace] = [row.span, view.trace];
  const hasChildren = row.end > row.index + 1;
  const isClosed = view.closed.has(span.id);
  const said = outcome(span);
  const made = element("div", `row${span.failed ? " failed" : said ? " cancelled" : ""}${isHit(span, view.words) ? " hit" : ""}`);
  made.id = `row-${row.index}`;
  made.style.top = `${place * height}px`;
  made.setAttribute("role", "treeitem");
  made.setAttribute("aria-level", row.depth + 1);
  made.setAttribute("aria-posinset", row.place);
  made.setAttribute("aria-setsize", row.siblings);
  made.setAttribute("aria-selected", place === view.active);
  if (hasChildren) made.setAttribute("aria-expanded", !isClosed);
  const what = element("span", "what");
  what.style.setProperty("--depth", row.depth);
  const twist = element("span", "twist", hasChildren ? (isClosed ? "▸" : "▾") : "");
  twist.setAttribute("aria-hidden", "true");
  what.append(twist, element("span", "name", span.name));
  if (span.kind !== "internal") what.append(element("span", "tag kind", span.kind));
  // Of the path of a type its end; what the span says has all of it.
  if (said) what.append(element("span", "sign", said.replace(/(\w+::)+/, "")));
  if (isClosed) what.append(element("span", "tag", `+${row.end - row.index - 1}`));
  const [line, bar] = [element("span", "line"), element("span", "bar")];
  const whole = trace.lasted || 1;
  bar.style.left = `min(${span.at / whole * 100}%, calc(100% - 5px))`;
  bar.style.width = `${span.lasted / whole * 100}%`;
  line.append(bar);
  made.append(what, line, element("span", "time", duration(span.lasted)));
  made.addEventListener("click", event => {
    activate(place);
    if (event.target === twist) fold(!isClosed);
  });
  return made;
}

/** Closes or opens the active row. */
function fold(closed) {
  const row = view.shown[view.active];
  if (row.end === row.index + 1) return;
  if (closed) view.closed.add(row.span.id);
  else view.closed.delete(row.span.id);
  refold();
  activate(view.active);
}

function foldAll(closed) {
  const rows = view.trace.rows;
  view.closed = new Set(closed ? rows.filter(row => row.end > row.index + 1).map(row => row.span.id) : []);
  refold();
  activate(0);
}

function left() {
  const row = view.shown[view.active];
  if (row.end > row.index + 1 && !view.closed.has(row.span.id)) fold(true);
  else if (row.parent >= 0) activate(view.shown.indexOf(view.trace.rows[row.parent]));
}

function right() {
  const row = view.shown[view.active];
  if (view.closed.has(row.span.id)) fold(false);
  else if (row.end > row.index + 1) activate(view.active + 1);
}

function watchWaterfall() {
  const rows = byId("rows");
  onKeys(rows, {
    ...movingKeys(() => view.shown.length, () => view.active, activate),
    ArrowLeft: left,
    ArrowRight: right,
    Enter: () => byId("span").focus(),
  });
  byId("span").addEventListener("keydown", event => { if (event.key === "Escape") rows.focus(); });
  const redraw = () => requestAnimationFrame(() => { if (view.trace) draw(); });
  rows.addEventListener("scroll", redraw);
  window.addEventListener("resize", redraw);
  byId("collapse").addEventListener("click", () => foldAll(true));
  byId("expand").addEventListener("click", () => foldAll(false));
}
