// Reads what stands in the page, and asks the program for more where it is there.

const PAUSE_MS = 1500;

function tell(text) {
  if (byId("told").textContent !== text) byId("told").textContent = text;
}

/** Draws what has come. */
function take(spans) {
  add(spans);
  drawList();
  if (!list.chosen && list.entries.length) choose(list.entries[0].key);
  else if (view.trace && spans.some(span => span.trace === view.trace.id)) choose(view.trace.id);
}

async function ask(place) {
  const answer = await fetch(`/spans?after=${place}`);
  if (!answer.ok) throw new Error(answer.status);
  const said = await answer.json();
  const before = traces.size;
  keepOnly(said.traces);
  if (said.spans.length || traces.size !== before) take(said.spans);
  const lost = said.notKept ? `; ${counted(said.notKept, "span")} of traces that are too large for this page are missing` : "";
  tell(`live: the last ${counted(traces.size, "trace")}${lost}`);
  return said;
}

async function follow() {
  for (let place = ""; ;) {
    let pause = PAUSE_MS;
    try {
      if (!document.hidden) {
        const said = await ask(place);
        place = said.next;
        if (said.more) pause = 0;
      }
    } catch {
      tell("the program does not answer: these are the last traces that it showed");
    }
    await new Promise(done => setTimeout(done, pause));
  }
}

const data = JSON.parse(byId("data").textContent);
Object.assign(head, data.head);
byId("service").textContent = head.service;
document.title = `Traces of ${head.service}`;
watchList();
watchWaterfall();
take(data.spans);
if (head.live) follow();
