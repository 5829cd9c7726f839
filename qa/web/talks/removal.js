// Deleting, and the way back while a bar offers it.

const UNDO_MS = 15000;
const bar = make("div", { class: "undo", role: "status", hidden: true });
let removed = [];
let removal = 0; // the timer
let reopening = null; // one that was deleted while it was open, and comes back

const remove = (card) => {
  const current = card.talk_id === shared.talk;
  removed = [...removed, { ...card, current }];
  cards = cards.filter((one) => one.talk_id !== card.talk_id);
  draw();
  offerUndo();
  trigger("remove", sent({ talk_id: card.talk_id }));
  if (current) tell("clear");
};

const offerUndo = () => {
  const text = removed.length === 1 ? fill(words().removed_one, { title: named(removed[0]) }) : fill(words().removed_many, { count: removed.length });
  bar.replaceChildren(make("span", {}, text), make("button", { type: "button", "data-key": "undo", click: () => undo() }, words().undo));
  bar.hidden = false;
  bar.querySelector("button").focus({ preventScroll: true });
  clearTimeout(removal);
  removal = setTimeout(letGo, UNDO_MS);
};

const letGo = () => {
  if (bar.matches(":hover, :has(:focus-visible)")) {
    removal = setTimeout(letGo, UNDO_MS / 3);
    return;
  }
  const hadFocus = bar.contains(document.activeElement);
  removed = [];
  bar.hidden = true;
  if (hadFocus) fresh.focus({ preventScroll: true });
};

const undo = () => {
  const back = removed;
  clearTimeout(removal);
  removed = [];
  bar.hidden = true;
  reopening = back.find((card) => card.current)?.talk_id || null;
  trigger("undo", sent({ talk_ids: back.map((card) => card.talk_id) }));
  fresh.focus({ preventScroll: true });
};

const reopen = () => {
  const card = reopening && !shared.talk ? cardOf(reopening) : null;
  reopening = null;
  if (card) open(card);
};
