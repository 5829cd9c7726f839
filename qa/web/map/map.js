// The map as a whole: which page is shown follows the address (#map/ID, #method/ID, #predict/TEXT), and what the server says of it.

const OURS = /^#(map|method|predict)(?:\/(.*))?$/;
const IDLE_MS = 2500; // after which what the first look at the map needs is fetched
let tree = null;
let here = null; // the hash of what is shown
let turn = 0;
let stacked = false;
let read = 0; // pixels of the page that are scrolled past
const remembered = new Map();

const panel = element.closest("#map");
const crumbs = make("nav", { class: "crumbs" });
const page = make("article", { class: "page" });
root.append(make("div", { class: "left" }, finder, crumbs, picture), page);

// What the server says, kept while the page is open; null where it cannot.
const ask = async (what, text = "") => {
  const key = JSON.stringify([what, text, language()]);
  if (!remembered.has(key)) {
    try {
      remembered.set(key, await server[what]({ text, language: language() }));
    } catch {
      return undefined;
    }
  }
  return remembered.get(key);
};

const keyed = (list) => Object.assign(Object.create(null), Object.fromEntries(list.map((one) => [one.id, one]))); // knows no id but its own

const grow = (sent) => {
  const byId = keyed(sent.nodes);
  const path = (id) => (id ? [...path(byId[id].parent), id] : []);
  return { ...sent, byId, path, parts: sent.nodes.filter((node) => !node.parent).map((node) => node.id),
    methodsById: keyed(sent.methods) };
};

const open = (id, focus = false) => go(id ? `#map/${id}` : "#map/", focus);
const openMethod = (id) => go(`#method/${id}`, true);
const upward = () => open(tree.byId[view.root].parent);

const go = (hash, focus = false) => {
  if (location.hash !== hash) history.pushState(history.state, "", hash);
  show(focus);
};

// For what turns out to be filed: going back must not lead here again.
const instead = (hash, focus) => {
  history.replaceState(history.state, "", hash);
  show(focus);
};

const addressed = () => {
  const [, kind, rest] = location.hash.match(OURS) || [null, "map", ""];
  let id = rest || "";
  try {
    id = decodeURIComponent(id);
  } catch {
    id = "";
  }
  const known = { map: !id || id in tree.byId, method: id in tree.methodsById, predict: Boolean(id.trim()) }[kind];
  return known ? { kind, id } : { kind: "map", id: "", lost: true };
};

const crumb = (id, last) => make("li", {}, last ? make("span", { "aria-current": "page" }, id ? shortOf(id) : words().whole)
  : make("button", { type: "button", class: "link", "data-key": `crumb:${id}`, click: () => open(id) }, id ? shortOf(id) : words().whole));

const drawCrumbs = (path) => {
  const steps = ["", ...path];
  crumbs.setAttribute("aria-label", words().path);
  redraw(crumbs, make("ol", {}, steps.map((id, at) => crumb(id, at === steps.length - 1))));
};

// The picture shows a category's children, or, of one without any, its neighbours; of a method, the part that holds it.
// The path above it comes first: it takes of the picture's height.
const frame = ({ kind, id }) => {
  if (kind === "map") {
    const parent = id ? tree.byId[id].parent : null;
    const leaf = id && !childrenOf(id).length;
    drawCrumbs(tree.path(id));
    return showPicture(leaf ? parent : id || null, leaf ? id : null);
  }
  const leaves = kind === "method" ? methodOf(id).leaves : [];
  const parts = new Set(leaves.map(partOf));
  const shown = parts.size === 1 ? tree.byId[leaves[0]].parent : null;
  const common = parts.size === 1 && leaves.every((leaf) => tree.path(leaf).includes(shown)) ? shown : parts.size === 1 ? [...parts][0] : null;
  drawCrumbs(common ? tree.path(common) : []);
  return showPicture(common, null, kind === "method" ? id : null);
};

const bodyOf = ({ kind, id, lost }, data) => {
  if (kind === "method") return methodPage(id, data);
  if (kind === "predict") return data === undefined ? [title(id), make("p", { class: "note" }, words().loading)] : predictionPage(id, data);
  return id ? categoryPage(id, data) : [lost ? make("p", { class: "caution" }, words().unknown) : null, overviewPage(data)];
};

const drawPage = (place, data, focus) => {
  redraw(page, bodyOf(place, data));
  page.setAttribute("aria-busy", String(data === undefined));
  if (focus && document.activeElement !== field) page.querySelector("h2")?.focus({ preventScroll: true }); // who types goes on
};

const failed = (focus) => redraw(page, make("p", { class: "caution" }, words().failed),
  make("button", { type: "button", class: "quiet", "data-key": "again", click: () => show(focus) }, words().again));

// Where the window, or what the source panel leaves of it, is narrow, the page lies below the picture, and both scroll as one.
const isStacked = () => page.getBoundingClientRect().top >= picture.getBoundingClientRect().bottom - 1;
const pageTop = () => page.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop - 12;

const reveal = (focus) => {
  read = 0;
  page.scrollTop = 0;
  if (!stacked) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  panel.scrollTo({ top: focus || view.chosen ? pageTop() : 0, behavior: calm ? "auto" : "smooth" });
};

// How far the page is read stays the same when it moves below the picture or beside it.
page.addEventListener("scroll", () => { if (!stacked) read = page.scrollTop; });
panel.addEventListener("scroll", () => { if (stacked) read = Math.max(0, panel.scrollTop - pageTop()); });
new ResizeObserver(() => {
  if (stacked === isStacked() || !shown()) return;
  stacked = !stacked;
  if (stacked) panel.scrollTop = OURS.exec(here || "")?.[2] ? pageTop() + read : 0;
  else page.scrollTop = read;
}).observe(panel);

const questionsOf = async ({ kind, id }, mine) => {
  if (!id || kind === "predict") return;
  const questions = await ask("questions", id);
  if (mine !== turn || !questions) return;
  if (kind === "method") fillAsking(page, questions);
  else fillQuestions(page.querySelector(".questions"), questions);
};

const show = async (focus = false) => {
  turn += 1;
  const mine = turn;
  if (!tree) {
    const sent = await ask("tree");
    if (!sent) return mine === turn && failed(focus);
    tree ||= grow(sent);
    if (mine !== turn) return undefined;
  }
  const place = addressed();
  const fresh = here !== location.hash;
  here = location.hash;
  stacked = isStacked();
  frame(place);
  const what = { map: place.id ? "category" : "overview", method: "method", predict: "predict" }[place.kind];
  let wanted = focus;
  const waiting = setTimeout(() => {
    if (mine !== turn) return; // another page has come meanwhile
    drawPage(place, undefined, wanted);
    wanted = false; // taken: the whole page must not take it again
  }, DEFER_MS);
  const data = await ask(what, place.id);
  clearTimeout(waiting);
  if (mine !== turn) return undefined;
  if (data === undefined) return failed(focus);
  if (place.kind === "predict" && data?.method) return instead(`#method/${data.method}`, focus);
  if (place.kind === "predict" && data?.category) return instead(`#map/${data.category}`, focus);
  drawPage(place, data, wanted);
  if (fresh) reveal(focus);
  ask("prepare");
  return questionsOf(place, mine);
};

const shown = () => document.body.dataset.view === "map";

hear("view", ({ view: name }) => {
  const ours = OURS.test(location.hash);
  if (name === "map") {
    if (!ours) history.pushState(history.state, "", here || "#map/");
    show();
  } else if (ours) {
    history.pushState(history.state, "", location.pathname + location.search);
  }
});
hear("language", () => {
  labelFinder();
  if (tree && shown()) show();
});
window.addEventListener("popstate", () => {
  if (OURS.test(location.hash)) {
    if (shown()) show();
    else tell("choose-view", { view: "map" });
  } else if (shown()) tell("choose-view", { view: "conversation" });
});

// The page begins at an address of ours once the frame is there to choose the view; else the tree is fetched while nothing else is done.
const begin = () => {
  if (!document.body.dataset.view) return requestAnimationFrame(begin);
  if (OURS.test(location.hash)) return tell("choose-view", { view: "map" });
  return setTimeout(() => ask("tree").then(() => ask("prepare")), IDLE_MS);
};

labelFinder();
begin();
