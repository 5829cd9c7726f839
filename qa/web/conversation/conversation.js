// Questions and answers. A turn grows by what is new in it, so that a screen reader hears each sentence once.

const log = make("div", { class: "turns", role: "log", "aria-live": "polite" });
const welcome = make("section", { class: "welcome" });
let drawn = [];

const cite = (turn, number, origin) => {
  tell("opening", { origin: `${turn}:${number}` });
  trigger("cite", { turn, number });
};

const chip = (turn, view, number) => {
  const label = fill(words().cite, { number: number + 1, heading: view.headings[number] });
  return make("button", { type: "button", class: "chip", "aria-label": label, title: view.headings[number],
    "data-origin": `${turn}:${number}`, click: () => cite(turn, number) }, String(number + 1));
};

const TAIL_CHARS = 20; // the last word, where it is no longer, stays on one line with its citation

const sentence = (turn, view, at) => {
  const { segments, citations, form, language: tag } = view.sentences[at];
  const last = segments[segments.length - 1];
  const cut = Math.max(last.text.trimEnd().lastIndexOf(" ") + 1, last.text.length - TAIL_CHARS);
  return make(form === "item" ? "li" : "span", { class: "sentence", lang: tag },
    segments.slice(0, -1).map(segment), segment({ ...last, text: last.text.slice(0, cut) }),
    make("span", { class: "tail" }, segment({ ...last, text: last.text.slice(cut) }), citations.map((number) => chip(turn, view, number))));
};

const addSentences = (turn, view, body, from) => {
  for (let at = from; at < view.sentences.length; at += 1) {
    const { form, joins } = view.sentences[at];
    if (!joins || !body.lastElementChild) body.append(make(form === "item" ? "ul" : "p"));
    const block = body.lastElementChild;
    block.append(...(block.childNodes.length && form !== "item" ? [" "] : []), sentence(turn, view, at));
  }
};

const trail = (place) => make("span", { class: "trail" },
  make("span", { class: "work" }, place.title), place.path.length ? make("span", { class: "heading" }, place.heading) : null);

const placeLine = (turn, place, number, numbers) => make("li", {},
  make("button", { type: "button", class: "place", lang: place.language, "data-origin": `${turn}:${number}:place`, click: () => {
    tell("opening", { origin: `${turn}:${number}:place` });
    trigger("cite", { turn, number });
  } }, numbers.length ? make("span", { class: "numbers" }, numbers.map((n) => n + 1).join(" ")) : null, trail(place), badge(place.language)));

const footer = (turn, view) => make("footer", {},
  make("h3", {}, words().sources),
  make("ol", { class: "places" }, view.places.map((place) => placeLine(turn, place, place.numbers[0], place.numbers))),
  make("div", { class: "extras" },
    view.bridged.length ? make("p", { class: "bridged" }, make("span", { class: "label" }, words().bridged),
      view.bridged.map(([written, found]) => make("span", { class: "term" }, `${written} → ${found}`))) : null,
    copyButton(words().copy, view.text)));

const abstention = (turn, view) => {
  const text = props.texts[view.language];
  return make("div", { class: "note abstained", lang: view.language },
    make("p", { class: "lead" }, text.about_abstained), make("p", {}, text.about_advice),
    view.nearest ? make("h3", {}, text.about_nearest) : null,
    view.nearest ? make("ul", { class: "places" }, placeLine(turn, view.nearest, null, [])) : null);
};

const refusal = (view) => make("div", { class: "note refused" },
  make("p", { class: "lead" }, words().refused), make("p", { class: "detail", lang: "en" }, view.refusal));

const waiting = () => make("p", { class: "waiting" }, make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")),
  hidden(words().pending));

const newTurn = (view) => make("article", { class: "turn" },
  make("h2", { class: "question", lang: view.language }, hidden(`${words().question}: `), make("span", { class: "bubble" }, view.question)),
  make("div", { class: "answer" }, hidden(`${words().answer}: `), make("div", { class: "body" }), make("div", { class: "after" })));

const growTurn = (turn, view, old, node) => {
  const body = node.querySelector(".body");
  const after = node.querySelector(".after");
  const from = old && old.phase === "answering" ? old.sentences.length : 0;
  if (from === 0) body.replaceChildren();
  if (view.phase === "pending") body.append(waiting());
  if (view.phase === "refused") body.append(refusal(view));
  if (view.phase === "abstained") body.append(abstention(turn, view));
  if (view.foreign && from === 0) body.append(make("p", { class: "foreign", lang: view.language }, props.texts[view.language].about_foreign));
  addSentences(turn, view, body, from);
  after.replaceChildren(...(view.phase === "answered" ? [footer(turn, view)] : []));
};

const exampleList = (tag) => make("div", { class: "examples", lang: tag }, make("h3", {}, props.texts[tag].name),
  make("ul", {}, props.examples[tag].map((question) =>
    make("li", {}, make("button", { type: "button", class: "example", click: () => trigger("ask", { question }) }, question)))));

const documentsOwnFirst = () => props.documents.toSorted((a, b) => (b.language === language()) - (a.language === language()));

const documentList = () => make("details", { class: "documents" },
  make("summary", {}, fill(words().documents, { count: props.documents.length })),
  make("ul", {}, documentsOwnFirst().map((document) => make("li", { lang: document.language }, badge(document.language),
    make("span", { class: "work" }, document.title), make("span", { class: "count", lang: language() }, fill(words().sections, { count: document.sections }))))));

const renderWelcome = () => welcome.replaceChildren(
  make("h2", {}, words().heading), make("p", { class: "promise" }, words().promise),
  make("div", { class: "example-lists" }, [language(), language() === "ko" ? "en" : "ko"].map(exampleList)),
  documentList());

const follow = (node) => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.closest("#conversation").scrollTo({ top: node.offsetTop - 16, behavior: calm ? "auto" : "smooth" });
};

const render = () => {
  const turns = props.value || [];
  if (turns.length < drawn.length || (turns.length && drawn.length && turns[0].question !== drawn[0].question)) {
    log.replaceChildren();
    drawn = [];
  }
  turns.forEach((view, turn) => {
    const old = drawn[turn];
    if (old && JSON.stringify(old) === JSON.stringify(view)) return;
    if (!old) log.append(newTurn(view));
    growTurn(turn, view, old, log.children[turn]);
    if (!old || old.phase === "pending") follow(log.children[turn]);
  });
  drawn = turns;
  welcome.hidden = turns.length > 0;
  const last = turns[turns.length - 1];
  tell("turns", { count: turns.length, last: last?.question, pending: Boolean(last) && ["pending", "answering"].includes(last.phase) });
};

const renderAll = () => {
  log.setAttribute("aria-label", words().conversation);
  log.setAttribute("aria-live", "off");
  drawn = [];
  log.replaceChildren();
  renderWelcome();
  const at = element.closest("#conversation").scrollTop;
  render();
  element.closest("#conversation").scrollTop = at;
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
};

root.append(welcome, log);
hear("language", renderAll);
hear("clear", () => trigger("clear"));
hear("shown", ({ turn, number }) => {
  log.querySelectorAll(".chip.open").forEach((node) => node.classList.remove("open"));
  log.querySelectorAll(`.chip[data-origin="${turn}:${number}"]`).forEach((node) => node.classList.add("open"));
});
watch("value", render);
renderAll();
