// The bar at the top: the rail's switch, the name, the views, a new conversation, the language of the interface.

const VIEWS = {
  conversation: "M4 5h16v11H9l-5 4z",
  map: "M4 4h7v7H4zM13 4h7v4h-7zM13 10h7v10h-7zM4 13h7v7H4z",
  settings: "M5 7h14M5 12h14M5 17h14M9 5v4M15 10v4M8 15v4",
};
let talking = false;

const choose = (tag) => {
  shared.language = tag;
  localStorage.setItem("surveyqa-language", tag);
  tell("language");
};

const view = () => document.body.dataset.view || "conversation";

const languageButton = (tag) => make("button",
  { type: "button", "data-key": tag, lang: tag, "aria-pressed": String(language() === tag), click: () => choose(tag) }, props.texts[tag].name);

const nameOf = (name) => ({ conversation: words().view_conversation, map: words().view_map, settings: words().view_settings })[name];

const viewButton = (name) => make("button", { type: "button", "data-key": name, title: nameOf(name), "aria-label": nameOf(name),
  "aria-current": view() === name ? "page" : null, click: () => tell("choose-view", { view: name }) },
icon(VIEWS[name]), make("span", {}, nameOf(name)));

const railToggle = () => make("button", { type: "button", "data-key": "rail", class: "rail-toggle", title: words().rail, "aria-label": words().rail,
  "aria-expanded": String(document.body.classList.contains("railed")), click: () => tell("toggle-rail") }, icon("M4 5h16v14H4zM10 5v14"));

const skip = (event) => {
  event.preventDefault();
  tell("choose-view", { view: "conversation" });
  document.getElementById("question")?.focus();
};

const draw = () => {
  const text = words();
  document.documentElement.lang = language();
  document.title = text.title;
  redraw(root,
    make("a", { class: "skip", href: "#question", click: skip }, text.skip),
    railToggle(),
    make("h1", {}, icon("M5 6h14M5 12h14M5 18h8"), make("span", { class: "name" }, "SurveyQA")),
    make("button", { type: "button", "data-key": "fresh", class: "quiet fresh", title: text.new, "aria-label": text.new, hidden: !talking || view() !== "conversation",
      click: () => tell("clear") }, icon("M12 5v14M5 12h14"), make("span", {}, text.new)),
    make("nav", { "aria-label": text.views }, Object.keys(VIEWS).map(viewButton)),
    make("div", { class: "languages", role: "group", "aria-label": text.language }, LANGUAGES.map(languageButton)),
  );
};

["language", "view", "rail"].forEach((name) => hear(name, draw));
hear("turns", ({ count }) => {
  if (talking !== count > 0) {
    talking = count > 0;
    draw();
  }
});
draw();
