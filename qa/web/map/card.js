// A method's card: its names, its categories with the source of each, where sources disagree, what is said, what lies near.

const SHOWN_NEIGHBOURS = 8;

const sourceName = (source) => ({ survey: words().by_survey, "companion list": words().by_list, document: words().by_document })[source];

const filing = (one, at, count) => make("li", {},
  make("div", { class: "filing" }, trailOf(one.path), at === 0 && count > 1 ? make("span", { class: "tag strong" }, words().main) : null,
    make("span", { class: "tag" }, sourceName(one.source))),
  quotation(one.told));

const differing = (other) => make("li", {}, make("div", { class: "filing" }, trailOf(other.path), make("span", { class: "tag" }, words().document_says)),
  make("p", { class: "note" }, other.note), quotation(other.told));

const folded = (ids, name, key) => {
  if (!ids.length) return null;
  const rest = ids.slice(SHOWN_NEIGHBOURS);
  return section("near", name, methodChips(ids.slice(0, SHOWN_NEIGHBOURS)),
    rest.length ? make("details", { class: "rest" }, make("summary", { "data-key": key }, fill(words().more, { count: ids.length })), methodChips(rest)) : null);
};

const heads = (method, data) => [
  eyebrow([words().method, method.year || words().year_unknown, method.authors].filter(Boolean).join(" · ")),
  title(method.name, "en"),
  make("p", { class: "full-title", lang: "en" }, method.title),
  data?.address ? make("p", { class: "address" }, make("code", {}, data.address), copyButton(words().copy_link, data.address)) : null,
];

const comparing = (data) => {
  if (!data.compare.length) return null;
  const menu = make("details", { class: "compare", keydown: (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  }, focusout: (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; } },
  make("summary", { class: "quiet", "data-key": "compare" }, icon("M9 4v16M15 4v16M4 8h5M15 8h5M4 16h5M15 16h5"), make("span", {}, words().compare)),
  make("ul", { class: "menu" }, data.compare.map(({ id, question }) => make("li", {},
    make("button", { type: "button", class: "row", "data-key": `compare:${id}`, title: question, click: () => tell("ask", { question }) }, methodOf(id).name)))));
  return menu;
};

const tools = (data) => make("div", { class: "tools" }, make("div", { class: "asking" }, askThis(data.ask)), comparing(data), copyButton(words().copy_card, data.text));

const askThis = (question) => make("button", { type: "button", class: "primary", "data-key": "ask-this", title: question, click: () => tell("ask", { question }) },
  icon("M4 5h16v11H9l-5 4z"), make("span", {}, words().ask_this));

// The first question is the one that the button asks, the others are offered below it.
const fillAsking = (node, [first, ...others]) => {
  if (!first) return;
  redraw(node.querySelector(".asking"), askThis(first));
  fillQuestions(node.querySelector(".questions"), others);
};

const spellings = (data) => {
  const names = [...data.spellings[language()], ...data.spellings[otherLanguage()]];
  return names.length ? section("spellings", words().spellings, make("ul", { class: "names" }, names.map((name) => make("li", {}, name)))) : null;
};

const nameNotes = (data) => (data.notes.length || data.similar.length ? section("names-notes", words().notes,
  data.notes.map((note) => make("p", { class: "note" }, note)),
  data.similar.length ? [make("p", { class: "note" }, words().similar), methodChips(data.similar)] : null) : null);

const methodPage = (id, data) => {
  const method = methodOf(id);
  if (data === undefined) return heads(method);
  if (data === null) return [...heads(method), make("p", { class: "note" }, words().failed)];
  return [
    ...heads(method, data),
    tools(data),
    section("filed", words().filed, make("ul", { class: "filings" }, data.filings.map((one, at) => filing(one, at, data.filings.length)))),
    data.conflicts.length ? section("differ boxed", words().differ, make("ul", { class: "filings" }, data.conflicts.map(differing))) : null,
    data.agreements.length ? section("agree", words().agree, make("ul", { class: "filings" }, data.agreements.map(differing))) : null,
    data.elsewhere.length ? section("elsewhere", words().elsewhere,
      make("ul", { class: "filings" }, data.elsewhere.map((one) => make("li", {}, trailOf(one.path), quotation(one.told))))) : null,
    data.sentences.length ? section("sentences", words().sentences, data.sentences.map(quotation)) : null,
    questionSlot(words().questions),
    folded(data.nearest, words().nearest, "more:nearest"),
    folded(data.neighbours, words().neighbours, "more:neighbours"),
    spellings(data),
    nameNotes(data),
  ];
};
