// The list of kept conversations: newest first by days, searched, one opened or a new one begun.

const TYPING_MS = 180;
let cards = null; // null: not heard of yet
let more = false;
let shown = props.page;
let typing = 0;
let pending = false;
let stale = true;

const field = make("input", { type: "search", class: "entry", autocomplete: "off", spellcheck: "false", maxlength: 200, input: () => typed(), keydown: (event) => left(event) });
const fresh = make("button", { type: "button", class: "fresh", "data-key": "fresh", click: () => begin() });
const emptied = make("button", { type: "button", class: "emptied", hidden: true, click: () => empty() }, icon("M7 7l10 10M17 7L7 17"));
const head = make("div", { class: "head" }, fresh, make("div", { class: "search" }, icon("M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M20 20l-4.6-4.6"), field, emptied));
const list = make("nav", { class: "kept" });
const said = make("p", { class: "said", role: "status" });

// A syllable that is just begun is not looked for: ㅈ on the way to 정.
const searched = () => field.value.replace(/[\u3131-\u3163]+$/, "");
const sent = (detail) => ({ search: searched(), shown, ...detail });
const refresh = () => {
  stale = !isSeen();
  if (!stale && props.kept) trigger("list", sent());
};
const isSeen = () => document.body.dataset.rail === "talks" && document.body.classList.contains("railed");
const named = (card) => card.title || words().untitled;
const cardOf = (talk) => (cards || []).find((card) => card.talk_id === talk);
const keyed = (key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`);

// Finding

const typed = () => {
  emptied.hidden = !field.value;
  clearTimeout(typing);
  typing = setTimeout(() => {
    shown = props.page;
    refresh();
  }, TYPING_MS);
};

const left = (event) => {
  if (event.key !== "Escape" || event.isComposing || !field.value) return;
  event.preventDefault();
  event.stopPropagation();
  empty();
};

const empty = () => {
  field.value = "";
  field.focus();
  typed();
};

// The list

const GROUPS = ["today", "yesterday", "week", "earlier"];
const headings = () => ({ today: words().today, yesterday: words().yesterday, week: words().week, earlier: words().earlier });

const group = (name) => {
  const own = cards.filter((card) => groupOf(card) === name);
  return own.length ? make("section", {}, make("h3", { id: `talks-${name}` }, headings()[name]), make("ul", { "aria-labelledby": `talks-${name}` }, own.map(line))) : null;
};

const nothing = (lead, hint) => make("div", { class: "nothing" }, icon("M4 5h16v11H9l-5 4z"), make("p", { class: "lead" }, lead), make("p", {}, hint));

const contents = () => {
  if (!props.kept) return nothing(words().not_kept, words().not_kept_hint);
  if (cards === null) return null;
  if (!cards.length && field.value.trim()) return nothing(fill(words().nothing, { search: field.value.trim() }), words().nothing_hint);
  if (!cards.length) return nothing(words().empty, words().empty_hint);
  return [GROUPS.map(group), more ? make("button", { type: "button", class: "quiet further", "data-key": "further", click: () => further() }, words().more) : null];
};

const draw = () => {
  if (naming && list.querySelector(".naming")) return; // what is being typed there would be lost
  const text = words();
  fresh.replaceChildren(icon("M12 5v14M5 12h14"), make("span", {}, text.new));
  field.placeholder = text.search;
  field.setAttribute("aria-label", text.search);
  emptied.setAttribute("aria-label", text.empty_search);
  emptied.title = text.empty_search;
  head.querySelector(".search").hidden = !props.kept || (cards !== null && !cards.length && !field.value);
  list.setAttribute("aria-label", text.kept);
  redraw(list, contents());
};

const further = () => {
  shown += props.page;
  refresh();
};

// What can be done with one

const begin = () => {
  tell("clear");
  tell("choose-view", { view: "conversation" });
  document.getElementById("question")?.focus();
};

const open = (card) => tell("open-talk", { talk_id: card.talk_id });

const pressed = (event, card) => {
  if (event.key === "F2") rename(card);
  else if (event.key === "Delete") remove(card);
  else return;
  event.preventDefault();
};

// What is heard

const receive = () => {
  const view = props.value;
  if (!view) return;
  const gone = new Set(removed.map((card) => card.talk_id));
  cards = view.trouble ? cards || [] : view.cards.filter((card) => !gone.has(card.talk_id));
  more = view.more;
  if (view.trouble) letGo();
  tellOutcome(view);
  draw();
  if (view.file) save(view.file);
  reopen();
};

const tellOutcome = (view) => {
  said.classList.toggle("trouble", Boolean(view.trouble));
  if (view.trouble) {
    const [tag, text] = told(view.trouble);
    said.replaceChildren(words().failed, make("span", { class: "detail", ...tag }, text));
  } else if (view.search.trim() && cards.length) said.textContent = cards.length === 1 ? words().found_one : fill(words().found_many, { count: more ? `${cards.length}+` : cards.length });
  else said.textContent = "";
};

const heardTurns = (turns) => {
  if (pending && !turns.pending) refresh();
  pending = turns.pending;
};

root.append(head, said, list, bar, menu);
hear("turns", heardTurns);
hear("talk", draw);
["rail-list", "rail"].forEach((name) => hear(name, () => {
  if (stale) refresh();
}));
hear("language", () => {
  if (props.value) tellOutcome(props.value);
  draw();
});
element.closest("#talks").addEventListener("scroll", () => menu.matches(":popover-open") && menu.hidePopover());
watch("value", receive);
draw();
refresh();
