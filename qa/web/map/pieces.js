// Small parts that the pages of the map are made of: names, quotations with their source, rows of methods, questions.

const CHEVRON = "M9 6l6 6-6 6";
const DEFER_MS = 120;

const nameOf = (id) => tree.byId[id].name[language()];
const shortOf = (id) => tree.byId[id].short[language()];
const methodOf = (id) => tree.methodsById[id];
const countOf = (count) => fill(count === 1 ? words().one : words().count, { count });
const countedOf = (name, count) => `${name}, ${countOf(count)}`;
const percent = (share) => (share > 0.99 ? "> 99%" : `${Math.max(1, Math.round(100 * share))}%`); // nothing predicted is certain

const partMark = (id) => make("span", { class: "mark", "data-part": markOf(id), "aria-hidden": "true" }, String(markOf(id)));

const section = (className, title, ...children) => make("section", { class: className }, make("h3", {}, title), children);

// A path of categories as buttons; the last one is where it leads.
const trailOf = (path) => make("span", { class: "trail" }, partMark(path[0]), path.map((id, at) => make("span", { class: "step" },
  at ? make("span", { class: "arrow", "aria-hidden": "true" }, "›") : null,
  make("button", { type: "button", class: "link", "data-key": `trail:${path.join("/")}:${at}`, title: nameOf(id), click: () => open(id, true) }, shortOf(id)))));

// The source panel gives the focus back to what has the origin that it is told.
const quotation = (told) => {
  if (!told) return null;
  const origin = `map:${told.doc_id}:${told.start}`;
  const { doc_id, section_id, start, end } = told;
  return make("blockquote", { lang: told.language }, make("p", {}, told.quote),
    make("button", { type: "button", class: "cited", "data-key": origin, "data-origin": origin, title: fill(words().open_source, { heading: told.title }),
      click: () => tell("open-section", { doc_id, section_id, start, end, origin }) },
    icon("M5 4h14v16H5zM9 9h6M9 13h6"), make("span", { class: "heading" }, told.heading), told.language === language() ? null : badge(told.language)));
};

const methodRow = (id) => {
  const method = methodOf(id);
  const dated = [method.year || words().year_unknown, method.authors].filter(Boolean).join(" · ");
  return make("li", {}, make("button", { type: "button", class: "row", "data-key": `method:${id}`, title: method.title, click: () => openMethod(id) },
    make("span", { class: "name" }, method.name), make("span", { class: "dated" }, dated), make("span", { class: "title", lang: "en" }, method.title)));
};

const methodChips = (ids) => make("ul", { class: "chips" }, ids.map((id) => make("li", {},
  make("button", { type: "button", class: "token", "data-key": `chip:${id}`, title: methodOf(id).title, click: () => openMethod(id) },
    partMark(methodOf(id).leaves[0]), make("span", {}, methodOf(id).name)))));

const disagreementList = (list) => make("ul", { class: "disagreements" }, list.map((one) => make("li", {},
  make("button", { type: "button", class: "link strong", "data-key": `differs:${one.method}`, click: () => openMethod(one.method) }, methodOf(one.method).name),
  make("dl", { class: "sides" },
    make("dt", {}, words().survey_says), make("dd", {}, trailOf(one.survey)),
    make("dt", { title: one.document }, words().document_says), make("dd", {}, trailOf(one.path))))));

const askButton = (question, className = "question") => make("li", {}, make("button", { type: "button", class: className, "data-key": `ask:${question}`,
  click: () => tell("ask", { question }) }, icon("M4 5h16v11H9l-5 4z"), make("span", {}, question)));

const questionSlot = (title) => make("section", { class: "questions", hidden: true }, make("h3", {}, title), make("ul", {}));

const fillQuestions = (slot, questions) => {
  slot.hidden = questions.length === 0;
  slot.querySelector("ul").replaceChildren(...questions.map((question) => askButton(question)));
};

const eyebrow = (...children) => make("p", { class: "eyebrow" }, children);
const title = (text, tag = null) => make("h2", { tabindex: -1, "data-key": "title", lang: tag }, text);
