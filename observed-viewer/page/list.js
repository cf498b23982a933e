// The list of traces, and of requests that left none.

const MOST_LISTED = 200;
const list = { entries: [], chosen: null };

/** What can be listed: live the newest first, in a file in its order. */
function entries(want) {
  const noted = new Map(head.notes.filter(note => note.trace).map(note => [note.trace, note]));
  const here = [...traces.values()].filter(trace => isWanted(trace, want));
  here.sort((one, other) => one.begin < other.begin ? -1 : one.begin > other.begin ? 1 : 0);
  const made = here.map(trace => ({ key: trace.id, trace, note: noted.get(trace.id) }));
  const isAsked = want.words.length || want.status !== "all" || want.least > 0;
  const places = new Map(head.notes.map((note, place) => [note, place]));
  const bare = isAsked ? [] : head.notes.filter(note => !note.trace);
  made.push(...bare.map(note => ({ key: `note-${places.get(note)}`, trace: null, note })));
  if (places.size) made.sort((one, other) => (places.get(one.note) ?? places.size) - (places.get(other.note) ?? places.size));
  return head.live ? made.reverse() : made;
}

function drawList() {
  const want = wanted();
  const all = entries(want);
  view.words = want.words;
  list.entries = all.slice(0, MOST_LISTED);
  const more = all.length - list.entries.length;
  const found = all.length.toLocaleString("en");
  byId("found").textContent = more ? `${found} found, the first ${MOST_LISTED} are listed: narrow the search`
    : all.length ? `${found} listed` : traces.size ? "nothing fits" : "no trace yet";
  byId("list").replaceChildren(...list.entries.map(drawEntry));
  const at = list.entries.findIndex(entry => entry.key === list.chosen);
  if (at < 0) byId("list").removeAttribute("aria-activedescendant");
  else byId("list").setAttribute("aria-activedescendant", `entry-${at}`);
}

function drawEntry(entry, at) {
  const made = element("div", "entry");
  made.id = `entry-${at}`;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", entry.key === list.chosen);
  const { trace, note } = entry;
  const name = trace ? trace.rows[0].span.name : "no span";
  if (trace && trace.failures) made.append(element("span", "sign", `✖ ${trace.failures} failed`), " ");
  made.append(note ? note.title : name);
  const facts = trace ? [counted(trace.spans.length, "span"), duration(trace.lasted), clock(trace.begin)] : [];
  made.append(element("small", "", (note ? [name, ...facts] : facts).join(" · ")));
  made.addEventListener("click", () => choose(entry.key));
  return made;
}

/** Chooses an entry of the list, or a trace that is not listed now. */
function choose(key) {
  list.chosen = key;
  drawList();
  const entry = list.entries.find(entry => entry.key === key);
  const trace = entry ? entry.trace : traces.get(key);
  const note = entry ? entry.note : head.notes.find(note => note.trace === key);
  byId("note").hidden = !note;
  byId("note").textContent = note ? note.text : "";
  if (trace) return showTrace(trace, note);
  view.trace = null;
  byId("trace").hidden = !note;
  byId("waterfall").hidden = true;
  byId("trace-title").textContent = note ? note.title : "";
  byId("facts").textContent = "No span: there was nothing to trace.";
}

function go(place) {
  choose(list.entries[place].key);
  byId(`entry-${place}`).scrollIntoView({ block: "nearest" });
}

function watchList() {
  const at = () => list.entries.findIndex(entry => entry.key === list.chosen);
  onKeys(byId("list"), {
    ...movingKeys(() => list.entries.length, at, go),
    Enter: () => byId("rows").focus(),
  });
  const again = () => { drawList(); if (view.trace) draw(); };
  for (const id of ["find", "status", "least"]) byId(id).addEventListener("input", again);
  byId("search").addEventListener("submit", event => event.preventDefault());
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.target.matches("input, select")) return;
    event.preventDefault();
    byId("find").focus();
  });
}
