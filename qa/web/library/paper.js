// A paper, opened in place of the list: what it is, its outline, and what can be done with it. Escape leads back.

const SHOWN = 200;
let shown = SHOWN;

const paper = () => props.value?.paper;

const close = () => {
  document.body.classList.remove("paper-open");
  props.value = null;
  redraw(root);
  tell("paper-closed");
};

const askOnly = () => {
  tell("ask-only", { work: paper().work });
  tell("choose-view", { view: "conversation" });
  document.getElementById("question")?.focus();
};

const summarize = () => tell("ask", { question: words().summary_question, scope: [paper().doc_id, ...paper().others.map((one) => one.doc_id)] });

const remove = () => {
  tell("remove", { doc_ids: [paper().doc_id, ...(paper().others || []).map((one) => one.doc_id)] });
  close();
};

const bar = () => make("div", { class: "bar" },
  make("button", { type: "button", class: "quiet back", "data-key": "back", click: close }, icon("M15 6l-6 6 6 6"), make("span", {}, words().back)));

const origin = (view) => {
  if (view.origin === "shipped") return words().shipped;
  return view.origin === "arxiv" ? `arXiv ${view.kind}` : view.file;
};

const facts = (view) => make("p", { class: "facts" }, badge(view.language), [view.year, view.origin !== "arxiv" && view.arxiv ? `arXiv ${view.arxiv}` : null,
  origin(view), fill(words().passages, { count: view.passages })].filter(Boolean).join(" · "));

const editions = (view) => view.others.map((one) => make("button", { type: "button", class: "quiet edition", "data-key": `edition ${one.doc_id}`,
  click: () => trigger("open", { doc_id: one.doc_id }) }, icon("M7 7h11l-3-3M17 17H6l3 3"),
make("span", {}, one.language === "ko" ? words().edition_ko : words().edition_en)));

const removeButton = () => props.can_change ? make("button", { type: "button", class: "quiet remove", click: remove },
  icon("M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10 11v5M14 11v5"), make("span", {}, words().remove)) : null;

const actions = (view) => make("div", { class: "actions" },
  make("button", { type: "button", class: "primary", "data-key": "only", click: askOnly }, icon("M4 5h16v11H9l-5 4z"), make("span", {}, words().ask_only)),
  make("button", { type: "button", class: "quiet", "data-key": "summary", click: summarize }, icon("M5 6h14M5 11h14M5 16h8"), make("span", {}, words().summary)),
  editions(view),
  props.can_change && view.similar ? make("button", { type: "button", class: "quiet similar", click: () => {
    tell("similar", { doc_id: view.doc_id });
    close();
  } }, icon("M12 5v14M5 12h14"), make("span", {}, fill(words().similar, { count: view.similar }))) : null,
  copyButton(words().reference, view.reference), copyButton(words().bibtex, view.bibtex), removeButton());

const heading = (view, one) => {
  const key = `section:${view.doc_id}:${one.section_id}`;
  return make("li", { style: `--level: ${Math.min(one.level, 4)}` }, make("button", { type: "button", class: "section", "data-key": key, "data-origin": key,
    lang: one.text === null ? language() : view.language, click: () => tell("open-section", { doc_id: view.doc_id, section_id: one.section_id, origin: key }) }, one.text === null ? words().opening : one.text));
};

const outline = (view) => [
  make("h3", { id: "outline-head" }, words().outline),
  view.headings.length ? make("ul", { class: "outline", "aria-labelledby": "outline-head", keydown: move }, view.headings.slice(0, shown).map((one) => heading(view, one)))
    : make("p", { class: "advice" }, words().no_outline),
  view.headings.length > shown ? make("button", { type: "button", class: "quiet more", "data-key": "more", click: () => {
    shown += SHOWN;
    draw();
  } }, fill(words().more, { count: Math.min(SHOWN, view.headings.length - shown) })) : null,
];

const move = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = event.target.closest("li");
  const there = step === 1 ? here?.nextElementSibling : step === -1 ? here?.previousElementSibling : null;
  if (!there) return;
  event.preventDefault();
  there.firstElementChild.focus();
};

const draw = () => {
  const view = paper();
  if (!view) return;
  const title = make("h2", { tabindex: -1, lang: view.language, "data-key": "title" }, view.title);
  root.setAttribute("aria-label", words().paper);
  root.setAttribute("role", "region");
  if (view.damaged) redraw(root, bar(), title, make("p", { class: "note" }, words().damaged_paper), make("div", { class: "actions" }, removeButton()));
  else redraw(root, bar(), title, view.authors.length ? make("p", { class: "authors" }, view.authors.join(", ")) : null, facts(view), actions(view), outline(view));
};

hear("open-paper", ({ doc_id }) => trigger("open", { doc_id }));
hear("language", draw);
hear("papers-changed", ({ stamp }) => {
  if (paper() && props.value.stamp !== stamp) trigger("open", { doc_id: paper().doc_id });
});
watch("value", () => {
  if (!props.value) return;
  if (!paper()) return close();
  const again = document.body.classList.contains("paper-open");
  if (!again) shown = SHOWN;
  document.body.classList.add("paper-open");
  draw();
  if (!again) {
    element.closest("#paper").scrollTop = 0;
    root.querySelector("h2").focus({ preventScroll: true });
  }
});
root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing && paper()) {
  event.stopPropagation();
  close();
} });
