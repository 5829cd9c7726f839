// One conversation of the list: its name, to be given anew in place, what was found in it, and when that was.

const DAY_MS = 86400000;
const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
const daysAgo = (moment) => Math.round((midnight(new Date()) - midnight(moment)) / DAY_MS);

const groupOf = (card) => {
  const days = daysAgo(new Date(card.changed_at));
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  return days < 7 ? "week" : "earlier";
};

const moment = (card) => {
  const at = new Date(card.changed_at);
  const year = at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  const style = daysAgo(at) <= 1 ? { hour: "numeric", minute: "2-digit" } : { month: "short", day: "numeric", ...year };
  return new Intl.DateTimeFormat(language(), style).format(at);
};

const facts = (card) => make("span", { class: "facts" },
  make("span", {}, card.count === 1 ? words().question_one : fill(words().question_many, { count: card.count })),
  make("time", { datetime: card.changed_at }, moment(card)));

const marked = (before, match, after) => [before, make("mark", {}, match), after];

// What was searched for is shown where the title has it, if that is to be seen there, else where it was found.
const TITLE_SEEN = 24;

const inTitle = (card) => {
  const at = card.found ? named(card).toLowerCase().indexOf(card.found[1].toLowerCase()) : -1;
  return at >= 0 && at + card.found[1].length <= TITLE_SEEN ? [at, at + card.found[1].length] : null;
};

const titleAndFound = (card) => {
  const title = named(card);
  const [from, to] = inTitle(card) || [0, 0];
  return [make("span", { class: "title" }, to ? marked(title.slice(0, from), title.slice(from, to), title.slice(to)) : title),
    card.found && !to ? make("span", { class: "found" }, marked(...card.found)) : null];
};

const line = (card) => {
  const current = card.talk_id === (shared.talk);
  return make("li", { class: current ? "current" : null },
    naming === card.talk_id ? nameForm(card) : make("button", { type: "button", class: "open", "data-key": `open:${card.talk_id}`, title: named(card), "aria-current": current ? "true" : null,
      "aria-keyshortcuts": "F2 Delete", click: () => open(card), keydown: (event) => pressed(event, card) },
    titleAndFound(card), facts(card)),
    make("button", { type: "button", class: "more", "data-key": `more:${card.talk_id}`, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": fill(words().menu, { title: named(card) }),
      click: (event) => choose(event.currentTarget, card) }, icon("M5.5 12h.01M12 12h.01M18.5 12h.01")));
};

let naming = null; // the id of the conversation that gets another name

const rename = (card) => {
  naming = card.talk_id;
  draw();
  list.querySelector(".naming input").select();
};

const nameForm = (card) => make("form", { class: "naming", submit: (event) => event.preventDefault() },
  make("input", { type: "text", class: "entry", maxlength: 120, value: card.title, "aria-label": words().renaming, "data-key": `naming:${card.talk_id}`,
    blur: (event) => endNaming(card, event.currentTarget.value), keydown: (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229 || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      endNaming(card, event.key === "Enter" ? event.currentTarget.value : card.title);
      keyed(`open:${card.talk_id}`)?.focus();
    } }));

const endNaming = (card, title) => {
  if (naming !== card.talk_id) return; // drawing it anew takes the focus from it, too
  naming = null;
  list.querySelector(".naming")?.remove();
  const wanted = title.trim();
  const isOther = wanted && wanted !== card.title;
  if (isOther) cards = cards.map((one) => (one.talk_id === card.talk_id ? { ...one, title: wanted } : one));
  draw();
  if (isOther) trigger("rename", sent({ talk_id: card.talk_id, title: wanted }));
};
