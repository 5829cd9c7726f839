// Settings: each with what it means. A change is kept when its field is left or its button pressed; a refused one says why.

const THEMES = ["system", "light", "dark"];
const scheme = matchMedia("(prefers-color-scheme: dark)");
let state = props.value;
let busy = null; // what is on its way: find, test, save, or the check of a model that was just chosen

const theme = () => localStorage.getItem("surveyqa-theme") || "system";

const applyTheme = () => {
  const dark = theme() === "dark" || (theme() === "system" && scheme.matches);
  document.body.classList.toggle("dark", dark);
};

const chooseTheme = (name) => {
  localStorage.setItem("surveyqa-theme", name);
  applyTheme();
  draw();
};

const chooseLanguage = (tag) => {
  shared.language = tag;
  localStorage.setItem("surveyqa-language", tag);
  tell("language");
};

const choices = (name, chosen, entries, act) => make("div", { class: "segments", role: "group", "aria-label": name }, entries.map(([value, label, tag]) =>
  make("button", { type: "button", "data-key": `${name}:${value}`, lang: tag || null, "aria-pressed": String(chosen === value), click: () => act(value) }, label)));

const row = (id, label, about, control, extra = null) => make("div", { class: "setting" },
  make("div", { class: "what" }, id ? make("label", { for: id }, label) : make("h3", {}, label), make("p", { id: id ? `${id}-about` : null }, about)),
  make("div", { class: "control" }, control, extra));

const fault = (name) => !state.faults[name] ? null : make("div", { class: "fault", role: "alert", id: `set-${name}-fault` },
  make("p", {}, state.untested ? words().untested : words().refused), make("p", ...told(state.faults[name])));

const note = (name) => fault(name) || (state.later.includes(name) ? make("p", { class: "later" }, words().later)
  : state.saved?.includes(name) ? make("p", { class: "saved", role: "status" }, words().saved) : null);

const save = (given) => {
  busy = "save";
  trigger("save", { given });
};

const value = (name) => (state.tried && name in state.tried ? state.tried[name] : state.values[name]) ?? "";

const field = (name, options = {}) => make("input", { id: `set-${name}`, "data-key": `set-${name}`, type: "text", value: value(name), autocomplete: "off",
  spellcheck: "false", autocapitalize: "off", "aria-describedby": `set-${name}-about${state.faults[name] ? ` set-${name}-fault` : ""}`,
  "aria-invalid": state.faults[name] ? "true" : null, disabled: !state.may_change, ...options });

const kept = (name, options) => field(name, { ...options, change: (event) => save({ [name]: event.currentTarget.value }) });

const offered = (id, names) => make("datalist", { id }, names.map((name) => make("option", { value: name })));

const typed = (name) => root.querySelector(`#set-${name}`).value.trim();

const typedModel = () => ({ llm: typed("llm"), llm_model: typed("llm_model") });

const test = () => {
  state = { ...state, tried: typedModel() };
  trigger("test", state.tried);
};

const check = () => {
  busy = "check";
  trigger("test", { llm: state.values.llm, llm_model: state.values.llm_model });
};

const action = (name, label, act) => make("button", { type: "button", class: "quiet act", "data-key": name, disabled: busy !== null, click: () => {
  busy = name;
  act();
  draw();
} }, busy === name ? words().working : label);

const serverList = () => !state.servers ? null : make("div", { class: "found", role: "status" },
  state.servers.length ? make("p", {}, words().found) : make("p", {}, words().found_none),
  state.servers.flatMap((server) => (server.models.length ? server.models : [""]).map((model) => make("button", { type: "button", class: "quiet offer",
    click: () => save({ llm: server.url, llm_model: model }) }, `${server.name} · ${model || server.url}`))));

const trialLine = () => {
  if (busy === "check") return make("p", { class: "later", role: "status" }, words().working);
  const trial = state.trial;
  if (!trial) return null;
  return make("div", { class: trial.error ? "fault" : "saved", role: "status" },
    trial.error ? make("p", ...told(trial.error))
      : make("p", {}, fill(words().trial_well, { seconds: trial.seconds.toFixed(1), words: trial.words, tokens: trial.context_tokens })),
    trial.notes.map((one) => make("p", ...told(one))));
};

const writer = () => [
  row("set-llm", words().llm, words().llm_about, field("llm", { placeholder: "http://127.0.0.1:11434", inputmode: "url" }), fault("llm")),
  row("set-llm_model", words().llm_model, words().llm_model_about, [field("llm_model"), make("div", { class: "buttons" },
    action("save", words().use, () => save(typedModel())),
    action("test", words().test, test),
    action("find", words().find, () => trigger("find")),
    state.writes ? action("none", words().no_model, () => save({ llm: "", llm_model: "" })) : null)],
  [note("llm_model"), make("p", { class: "standing" }, state.writes ? fill(words().writes, { model: state.values.llm_model }) : words().writes_none), trialLine(), serverList()]),
];

const group = (title, rows) => make("section", {}, make("h2", {}, title), rows);

const draw = () => {
  const text = words();
  redraw(root, make("div", { class: "sheet" },
    group(text.appearance, [
      row(null, text.language, text.language_about, choices(text.language, language(), [["ko", text.korean, null], ["en", text.english, null]], chooseLanguage)),
      row(null, text.theme, text.theme_about, choices(text.theme, theme(), THEMES.map((name) => [name, { system: text.theme_system, light: text.theme_light, dark: text.theme_dark }[name]]), chooseTheme))]),
    !state.may_change ? make("p", { class: "about" }, text.shared_server) : [
      group(text.answers, [...writer(),
        row("set-sources", text.sources_count, text.sources_about, kept("sources", { type: "number", min: 1, max: props.known.most_sources, step: 1 }), note("sources"))]),
      group(text.retrieval, [
        row("set-embedder", text.embedder, text.embedder_about, [kept("embedder", { list: "embedders" }), offered("embedders", ["bundled", ...props.known.embedders])], note("embedder")),
        row("set-reranker", text.reranker, text.reranker_about, [kept("reranker", { list: "rerankers" }), offered("rerankers", ["bundled", ...props.known.rerankers])], note("reranker"))]),
      group(text.storage, [row("set-library", text.library_folder, text.library_about, kept("library"), note("library"))])]));
};

scheme.addEventListener("change", applyTheme);
hear("language", draw);
hear("view", ({ view }) => { if (view === "settings") draw(); });
watch("value", () => {
  const checked = busy === "check";
  state = checked ? { ...props.value, saved: state.saved } : props.value;
  busy = null;
  if (!checked && state.writes && state.saved?.includes("llm")) check();
  draw();
});
applyTheme();
draw();
