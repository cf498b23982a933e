// Boxes that the keyboard moves in: the box has the focus, and one of what is in it is the active one.

function onKeys(box, actions) {
  box.addEventListener("keydown", event => {
    const act = actions[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || event.target !== box) return;
    event.preventDefault();
    act();
  });
}

/** The keys that move by places of a list. */
function movingKeys(count, at, go) {
  const to = place => { if (count()) go(Math.min(Math.max(place, 0), count() - 1)); };
  return {
    ArrowDown: () => to(at() + 1),
    ArrowUp: () => to(at() - 1),
    PageDown: () => to(at() + 10),
    PageUp: () => to(at() - 10),
    Home: () => to(0),
    End: () => to(count() - 1),
  };
}
