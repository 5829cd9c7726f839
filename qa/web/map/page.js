// The pages beside the picture: of the whole, of one category, and of what is predicted.

const LEAST_SHARE = 0.01; // of a guess after the first; less is as good as none
const OPEN_AT_MOST = 14; // methods of a group that is shown unfolded, where there are several groups

const overviewPage = (data) => [
  title(fill(words().overview, { count: tree.total })),
  make("p", { class: "lead" }, words().overview_about),
  make("ul", { class: "parts", "aria-label": words().parts }, tree.parts.map((id) => make("li", {},
    make("button", { type: "button", class: "part", "data-key": `part:${id}`, click: () => open(id, true) }, partMark(id),
      make("span", { class: "name" }, nameOf(id)), make("span", { class: "number" }, countOf(tree.byId[id].count))),
    quotation(data?.parts.find((part) => part.id === id)?.told)))),
  make("p", { class: "note" }, fill(words().overview_shared, tree)),
  data?.disagreements.length ? section("differ", words().differ_here, disagreementList(data.disagreements)) : null,
];

const groupsOf = (id) => [id, ...below(id)].map((each) => ({ id: each, methods: tree.methods.filter((method) => method.leaves.includes(each)) }))
  .filter((group) => group.methods.length);

const below = (id) => childrenOf(id).flatMap((node) => [node.id, ...below(node.id)]);

const bars = (id) => {
  const children = childrenOf(id);
  const most = Math.max(...children.map((node) => node.count));
  return make("ul", { class: "bars" }, children.map((node) => make("li", {},
    make("button", { type: "button", class: "bar-row", "data-key": `bar:${node.id}`, click: () => open(node.id, true),
      "aria-label": countedOf(nameOf(node.id), node.count) },
    make("span", { class: "name" }, nameOf(node.id)), make("span", { class: "number" }, String(node.count)),
    make("span", { class: "track", "data-part": markOf(id) }, make("span", { class: "length", style: `width: ${(100 * node.count) / most}%` }))))));
};

const methodGroups = (id) => {
  const groups = groupsOf(id);
  const rows = (group) => make("ul", { class: "rows" }, group.methods.map((method) => methodRow(method.id)));
  if (groups.length === 1) return rows(groups[0]);
  return groups.map((group) => make("details", { class: "group", open: groups.length < 4 && group.methods.length <= OPEN_AT_MOST },
    make("summary", { "data-key": `group:${group.id}` }, make("span", {}, nameOf(group.id)), make("span", { class: "number" }, String(group.methods.length))),
    rows(group)));
};

const otherLanguage = () => LANGUAGES.find((tag) => tag !== language());

const categoryPage = (id, data) => {
  const other = otherLanguage();
  return [
    eyebrow(tree.path(id).length > 1 ? trailOf(tree.path(id).slice(0, -1)) : [partMark(id), words().category]),
    title(nameOf(id)),
    make("p", { class: "other-name", lang: other }, tree.byId[id].name[other]),
    make("p", { class: "total" }, countOf(tree.byId[id].count)),
    data === undefined ? null : section("told", words().told, quotation(data?.told) || make("p", { class: "note" }, words().no_sentence)),
    childrenOf(id).length ? section("below", words().below, bars(id)) : null,
    questionSlot(words().ask_category),
    section("methods", words().methods, methodGroups(id)),
    data?.disagreements.length ? section("differ", words().differ_here, disagreementList(data.disagreements)) : null,
  ];
};

const guess = ({ path, probability, evidence, told }) => make("li", {},
  make("div", { class: "guess" }, trailOf(path), make("span", { class: "number" }, percent(probability))),
  make("span", { class: "track", "data-part": markOf(path[0]) }, make("span", { class: "length", style: `width: ${100 * probability}%` })),
  evidence.length ? make("div", { class: "evidence" }, make("p", {}, words().closest_to), make("ul", {}, evidence.map((text) => make("li", {}, text)))) : quotation(told));

const predictionPage = (text, data) => {
  if (!data) return [title(words().no_category), make("p", { class: "typed" }, text)];
  if (data.candidates.length) {
    return [eyebrow(words().several), title(text), make("p", { class: "lead plain" }, data.text), methodChips(data.candidates)];
  }
  if (!data.guesses.length) return [eyebrow(words().no_category), title(text), make("p", { class: "lead plain" }, data.text)];
  return [
    eyebrow(words().predicted),
    title(text),
    make("p", { class: "caution" }, data.kind === "predicted" ? words().predicted_about : words().closest_about),
    make("ul", { class: "guesses" }, data.guesses.filter(({ probability }, at) => !at || probability >= LEAST_SHARE).map(guess)),
    make("p", { class: "note" }, fill(words().family, { name: shortOf(data.family), share: percent(data.family_probability) })),
  ];
};
