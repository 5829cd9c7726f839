// The bar at the top: the name, a new conversation, the language of the interface.

const choose = (tag) => {
  window.surveyqaLanguage = tag;
  localStorage.setItem("surveyqa-language", tag);
  tell("language");
};

const languageButton = (tag) => make("button",
  { type: "button", lang: tag, "aria-pressed": String(language() === tag), click: () => choose(tag) }, props.texts[tag].name);

let talking = false;

const renderMasthead = () => {
  const text = words();
  document.documentElement.lang = language();
  document.title = text.title;
  const focused = root.contains(document.activeElement) ? document.activeElement.lang : null;
  root.replaceChildren(
    make("a", { class: "skip", href: "#question", click: skip }, text.skip),
    make("h1", {}, icon("M5 6h14M5 12h14M5 18h8"), "SurveyQA"),
    make("button", { type: "button", class: "quiet fresh", hidden: !talking, click: () => tell("clear") },
      icon("M12 5v14M5 12h14"), make("span", {}, text.new)),
    make("div", { class: "languages", role: "group", "aria-label": text.language },
      LANGUAGES.map(languageButton)),
  );
  if (focused) root.querySelector(`button[lang="${focused}"]`)?.focus();
};

const skip = (event) => {
  event.preventDefault();
  document.getElementById("question")?.focus();
};

hear("language", renderMasthead);
hear("turns", ({ count }) => {
  if (talking !== count > 0) {
    talking = count > 0;
    renderMasthead();
  }
});
renderMasthead();
