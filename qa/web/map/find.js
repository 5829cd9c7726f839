// The search field: what is typed is looked up at once; up and down choose, Enter opens. Nothing found leads to a prediction.

const PAUSE_MS = 90;
let shownResults = [];
let active = -1;
let asked = 0;
let pause = null;

const listId = "map-results";
const field = make("input", { type: "text", class: "typed", id: "map-find", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
  "aria-controls": listId, "aria-expanded": "false", input: () => typed(), keydown: (event) => choose(event), focus: () => typed(), blur: () => setTimeout(closeList, 150) });
const results = make("ul", { class: "results", id: listId, role: "listbox", hidden: true });
const heard = make("p", { class: "unseen", role: "status" });
const finder = make("div", { class: "finder" }, icon("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20"), field, results, heard);

const closeList = () => {
  results.hidden = true;
  active = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const typed = () => {
  clearTimeout(pause);
  const text = field.value.trim();
  if (!text) return closeList();
  pause = setTimeout(() => look(text), PAUSE_MS);
};

const look = async (text) => {
  asked += 1;
  const mine = asked;
  const found = await ask("find", text);
  if (mine !== asked || !found || field.value.trim() !== text || document.activeElement !== field) return;
  const surely = found.length && found[0].how !== "typo";
  shownResults = surely ? found : [...found, { kind: "predict", id: text }];
  listResults(text, found.length);
};

const listResults = (text, count) => {
  active = count ? 0 : -1;
  results.setAttribute("aria-label", words().find_results);
  results.replaceChildren(...(count ? [] : [make("li", { class: "nothing", role: "presentation" }, fill(words().nothing, { text }))]), ...shownResults.map(result));
  results.hidden = false;
  field.setAttribute("aria-expanded", "true");
  heard.textContent = count ? fill(words().results, { count }) : fill(words().nothing, { text });
  light();
};

const result = (one, at) => {
  const options = { class: `result ${one.kind}`, role: "option", id: `${listId}-${at}`, mousedown: (event) => event.preventDefault(), click: () => take(at) };
  if (one.kind === "predict") return make("li", options, icon("M12 3v4M12 17v4M3 12h4M17 12h4M12 9l1 2 2 1-2 1-1 2-1-2-2-1 2-1z"), make("span", { class: "name" }, fill(words().predict_this, { text: one.id })));
  const method = one.kind === "method" ? methodOf(one.id) : null;
  const name = method ? method.name : nameOf(one.id);
  const leaf = method ? method.leaves[0] : tree.byId[one.id].parent;
  const also = one.how === "typo" ? words().typo : one.written === name ? null : fill(words().as_written, { written: one.written });
  return make("li", { ...options, title: method?.title }, partMark(method ? leaf : one.id), make("span", { class: "name" }, name, method?.year ? make("span", { class: "year" }, ` ${method.year}`) : null),
    also ? make("span", { class: "also" }, also) : null,
    make("span", { class: "where" }, method ? tree.path(leaf).map(shortOf).join(" › ") : `${words().category} · ${countOf(tree.byId[one.id].count)}`));
};

const light = () => {
  [...results.querySelectorAll("[role=option]")].forEach((node, at) => {
    node.setAttribute("aria-selected", String(at === active));
    if (at === active) node.scrollIntoView({ block: "nearest" });
  });
  if (active < 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", `${listId}-${active}`);
};

const take = (at) => {
  const one = shownResults[at];
  if (!one) return;
  closeList();
  field.value = "";
  field.blur(); // what is opened takes the focus
  if (one.kind === "method") openMethod(one.id);
  else if (one.kind === "category") open(one.id, true);
  else go(`#predict/${encodeURIComponent(one.id)}`, true);
};

const choose = (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape" && !results.hidden) {
    event.stopPropagation();
    closeList();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && shownResults.length && !results.hidden) {
    event.preventDefault();
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + shownResults.length) % shownResults.length;
    light();
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!results.hidden) take(Math.max(active, 0));
    else typed();
  }
};

const labelFinder = () => {
  field.placeholder = words().find_placeholder;
  field.setAttribute("aria-label", words().find);
  closeList();
};
